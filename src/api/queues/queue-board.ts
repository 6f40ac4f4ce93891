import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';

/** The queues that an operator may look at. */
export type DispatchQueues = readonly ConstructorParameters<typeof BullMQAdapter>[0][];

/** Style sheets of other hosts: a web font, which our Content-Security-Policy refuses, and which the board can do without. */
const FOREIGN_LINK = /<link\b[^>]*\bhref="(?:https?:)?\/\/[^>]*>/g;

/** BullMQ's own board, to be mounted at `path`. It shows and changes nothing: the record of a task is the truth, not its job. */
export function queueBoard(queues: DispatchQueues, path: string): Hono {
  const serverAdapter = new HonoAdapter(serveStatic);
  serverAdapter.setBasePath(path);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false })),
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Waymark: queues' } },
  });
  const board = new Hono();
  board.use(withoutForeignLinks);
  return board.route('/', serverAdapter.registerPlugin());
}

/** Takes out of the board's page what a browser would ask other hosts for. */
const withoutForeignLinks: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.get('Content-Type')?.startsWith('text/html')) return;
  const page = await c.res.text();
  c.res = new Response(page.replaceAll(FOREIGN_LINK, ''), c.res);
};
