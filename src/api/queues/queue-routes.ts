import type { OpenAPIHono } from '@hono/zod-openapi';
import { type Context, Hono } from 'hono';
import { problemOf } from '../problem/problem.ts';
import { problemResponse } from '../problem/problem-response.ts';
import type { DispatchQueues } from './queue-board.ts';

export const QUEUES_PATH = '/queues';

/** The board of the queues in Redis. It is loaded with the first look at it, and takes no method that changes anything. */
export function queueRoutes(app: OpenAPIHono, queues: DispatchQueues | null): void {
  const answer = queues === null ? noQueues : boardOf(queues);
  app.get(QUEUES_PATH, answer);
  app.get(`${QUEUES_PATH}/*`, answer);
}

function boardOf(queues: DispatchQueues): (c: Context) => Promise<Response> {
  let loading: Promise<Hono> | null = null;
  return async (c) => {
    loading ??= load(queues);
    return (await loading).fetch(c.req.raw, c.env);
  };
}

/** Not strict: the board's own links lead to its path with a slash at the end. */
async function load(queues: DispatchQueues): Promise<Hono> {
  const { queueBoard } = await import('./queue-board.ts');
  return new Hono({ strict: false }).route(QUEUES_PATH, queueBoard(queues, QUEUES_PATH));
}

function noQueues(c: Context): Response {
  return problemResponse(c, problemOf('not-found', 'There are queues only where REDIS_URL is set.'));
}
