import type { OpenAPIHono } from '@hono/zod-openapi';
import { type Context, Hono } from 'hono';
import { problemOf } from '../problem/problem.ts';
import { problemResponse } from '../problem/problem-response.ts';
import type { DispatchQueues } from './queue-board.ts';

export const QUEUES_PATH = '/queues';

/** Registers the board of the queues in Redis. Its code loads with the first request; only GET is supported. */
export function queueRoutes(app: OpenAPIHono, queues: DispatchQueues | null): void {
  const handler = queues === null ? noQueues : boardOf(queues);
  app.get(QUEUES_PATH, handler);
  app.get(`${QUEUES_PATH}/*`, handler);
}

function boardOf(queues: DispatchQueues): (c: Context) => Promise<Response> {
  let loading: Promise<Hono> | null = null;
  return async (c) => {
    loading ??= load(queues);
    return (await loading).fetch(c.req.raw, c.env);
  };
}

/** Not strict, because the board's links end with a slash. */
async function load(queues: DispatchQueues): Promise<Hono> {
  const { queueBoard } = await import('./queue-board.ts');
  return new Hono({ strict: false }).route(QUEUES_PATH, queueBoard(queues, QUEUES_PATH));
}

function noQueues(c: Context): Response {
  return problemResponse(
    c,
    problemOf(
      'not-found',
      'This service has no queues, because it runs without Redis. Set REDIS_URL to use queues.',
    ),
  );
}
