import { startBrowserProxy } from '../../pools/browser/browser-proxy.ts';
import { PlaywrightFetcher } from '../../pools/browser/playwright-fetcher.ts';
import {
  type BrowserCommand,
  type BrowserJob,
  type BrowserReport,
  HEARTBEAT_MS,
  type SourceCall,
} from '../../pools/browser/process-messages.ts';
import { deleteProfiles } from '../../pools/browser/process-tree.ts';
import { GuardedLookup } from '../../pools/net/guarded-lookup.ts';
import { messageOf } from '../core/errors.ts';
import { AccessPolicy } from '../core/net/access-policy.ts';
import { compileScope, mayFollow } from '../core/url/scope.ts';
import { systemClock } from '../drivers/system/clock.ts';
import type { PageSink, PageSource } from '../ports/fetcher.ts';

/**
 * Runs the browsers of one crawl in a process of its own. What a page makes the browser's driver do (a message that is
 * too long for a string, memory without end) ends this process alone; the main process starts another one.
 */

const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
let lastId = 0;
let fetcher: PlaywrightFetcher | null = null;
/** A stop that came before the fetcher was there. */
let stopped: 'drain' | 'abort' | null = null;
/** The folder to delete if the main process dies first; null before the run and after it. */
let profileDir: string | null = null;

function report(message: BrowserReport): void {
  if (process.connected) process.send?.(message);
}

/** Calls the source or sink in the main process. */
function callMain(call: SourceCall): Promise<unknown> {
  lastId += 1;
  const id = lastId;
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  pending.set(id, { resolve, reject });
  report({ kind: 'call', id, call });
  return promise;
}

const source: PageSource = {
  next: async () => (await callMain({ method: 'next' })) as Awaited<ReturnType<PageSource['next']>>,
  isEmpty: async () => (await callMain({ method: 'isEmpty' })) === true,
  isFinished: async () => (await callMain({ method: 'isFinished' })) === true,
  mayRequest: async (url) => (await callMain({ method: 'mayRequest', url })) === true,
};

const sink: PageSink = {
  fetched: async (page) => void (await callMain({ method: 'fetched', page })),
  failed: async (failure) => void (await callMain({ method: 'failed', failure })),
};

async function run({ allowedPrivateHosts, scope: rules, ...options }: BrowserJob): Promise<void> {
  const lookup = new GuardedLookup({ policy: new AccessPolicy(allowedPrivateHosts) });
  const proxy = await startBrowserProxy({ lookup, maxBytes: options.maxBytes });
  const scope = compileScope(rules);
  fetcher = new PlaywrightFetcher({
    ...options,
    proxy,
    clock: systemClock,
    mayFollow: (target) => mayFollow(scope, target),
  });
  if (stopped !== null) await fetcher.stop(stopped);
  try {
    await fetcher.run(source, sink);
  } finally {
    await proxy.close();
  }
}

async function runAndReport(job: BrowserJob): Promise<void> {
  profileDir = job.profileDir;
  const heartbeat = setInterval(() => report({ kind: 'heartbeat' }), HEARTBEAT_MS);
  const error = await run(job).then(() => null, messageOf);
  clearInterval(heartbeat);
  profileDir = null;
  reportEnd(error);
}

/** Disconnects when the report is written: a channel that closes drops what it has not written yet. */
function reportEnd(error: string | null): void {
  const message: BrowserReport = { kind: 'ended', error };
  process.send?.(message, undefined, undefined, () => {
    if (process.connected) process.disconnect();
  });
}

function settle(
  id: number,
): { resolve: (value: unknown) => void; reject: (error: Error) => void } | undefined {
  const call = pending.get(id);
  pending.delete(id);
  return call;
}

process.on('message', (command: BrowserCommand) => {
  switch (command.kind) {
    case 'run':
      return void runAndReport(command.job);
    case 'wake':
      return fetcher?.wake();
    case 'stop':
      stopped = command.how;
      return void fetcher?.stop(command.how);
    case 'reply':
      return settle(command.id)?.resolve(command.value);
    case 'refusal':
      return settle(command.id)?.reject(new Error(command.message));
  }
});
/** A signal to the whole service is for the main process, which then stops this one. */
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => {});
/** Without the main process nobody takes what is fetched, and nobody else deletes the profiles. */
process.on('disconnect', async () => {
  if (profileDir !== null) await deleteProfiles(profileDir).catch(() => {});
  process.exit();
});
