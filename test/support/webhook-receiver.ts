import type { IncomingHttpHeaders } from 'node:http';
import { type Site, startSite } from './fixture-site.ts';
import { within } from './within.ts';

export interface ReceivedMessage {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body's JSON. */
  readonly body: {
    readonly id: string;
    readonly type: string;
    readonly task_id: string;
    readonly at: string;
    readonly data: Record<string, unknown>;
  };
}

export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string;
  readonly messages: readonly ReceivedMessage[];
  /** Resolves when the receiver has responded to this many requests. */
  received(count: number): Promise<readonly ReceivedMessage[]>;
}

/** A real receiver. `statusOf` returns the status for a request by its number, from 0. Default 204. */
export async function startReceiver(statusOf: (n: number) => number = () => 204): Promise<WebhookReceiver> {
  const messages: ReceivedMessage[] = [];
  const waiting = new Set<() => void>();
  const site: Site = await startSite(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    messages.push({ headers: request.headers, text, body: JSON.parse(text) });
    response.writeHead(statusOf(messages.length - 1)).end();
    for (const look of waiting) look();
  });
  return {
    url: site.url('/hook?token=in-the-url'),
    messages,
    received: (count) => {
      const { promise, resolve } = Promise.withResolvers<readonly ReceivedMessage[]>();
      const look = () => {
        if (messages.length >= count) resolve(messages);
      };
      waiting.add(look);
      look();
      return within(`${count} webhook messages`, promise, 20_000).finally(() => waiting.delete(look));
    },
    [Symbol.asyncDispose]: () => site.close(),
  };
}
