import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';

/** The queues that the board shows. */
export type DispatchQueues = readonly ConstructorParameters<typeof BullMQAdapter>[0][];

/** Style sheets of other hosts: a web font that the Content-Security-Policy blocks. */
const FOREIGN_LINK = /<link\b[^>]*\bhref="(?:https?:)?\/\/[^>]*>/g;

/** Creates BullMQ's board for mounting at `path`. It is read-only, because the task record, not the job, holds a task's state. */
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

/** Removes references to other hosts from the board's page. */
const withoutForeignLinks: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.get('Content-Type')?.startsWith('text/html')) return;
  const page = await c.res.text();
  c.res = new Response(page.replaceAll(FOREIGN_LINK, ''), c.res);
};
