import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import type { DispatchQueues } from './dispatch-queues.ts';

/** BullMQ's own board, to be mounted at `path`. It shows and changes nothing: the record of a task is the truth, not its job. */
export function queueBoard(queues: DispatchQueues, path: string): Hono {
  const serverAdapter = new HonoAdapter(serveStatic);
  serverAdapter.setBasePath(path);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false })),
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Waymark: queues' } },
  });
  return serverAdapter.registerPlugin();
}
