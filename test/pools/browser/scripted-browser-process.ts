import type { BrowserCommand, BrowserReport, SourceCall } from '../../../pools/browser/process-messages.ts';
import type { Claim } from '../../../src/model/frontier-url.ts';

/** Speaks the messages of a browser process without a browser. The path of a claimed URL says what happens to its visit. */

const pending = new Map<number, (value: unknown) => void>();
let lastId = 0;

function send(report: BrowserReport): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.send?.(report, undefined, undefined, () => resolve());
  return promise;
}

async function call(sourceCall: SourceCall): Promise<unknown> {
  lastId += 1;
  const { promise, resolve } = Promise.withResolvers<unknown>();
  pending.set(lastId, resolve);
  await send({ kind: 'call', id: lastId, call: sourceCall });
  return promise;
}

function refused(id: number, message: string): void {
  if (pending.has(id)) void end(message);
}

async function end(error: string | null): Promise<void> {
  await send({ kind: 'ended', error });
  if (process.connected) process.disconnect();
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

async function visit(claim: Claim): Promise<void> {
  const about = { finalUrl: claim.url, status: 200, contentType: 'text/html', charset: null };
  const page = { claim, body: '<p>page</p>', via: 'browser', fetchMs: 1, ...about } as const;
  switch (new URL(claim.url).pathname) {
    case '/dies':
      return die();
    case '/dies-with-a-call-in-progress':
      void call({ method: 'next' });
      await call({ method: 'mayRequest', url: `https://process.test/${process.pid}` });
      return die();
    case '/dies-after-sending':
      await send({ kind: 'call', id: 0, call: { method: 'fetched', page } });
      return die();
    case '/hangs':
      await Promise.withResolvers<void>().promise;
      return;
    case '/ends-with-an-error':
      return end('The driver is broken');
    default:
      await call({ method: 'fetched', page });
  }
}

async function run(): Promise<void> {
  for (;;) {
    const claim = (await call({ method: 'next' })) as Claim | null;
    if (claim === null) return end(null);
    await visit(claim);
  }
}

process.on('message', (command: BrowserCommand) => {
  if (command.kind === 'run') void run();
  else if (command.kind === 'stop') void end(null);
  else if (command.kind === 'reply') pending.get(command.id)?.(command.value);
  else if (command.kind === 'refusal') refused(command.id, command.message);
});
