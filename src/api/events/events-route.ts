import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { WaymarkError } from '../../core/errors.ts';
import type { TaskEvent } from '../../model/task.ts';
import type { ApiDeps } from '../api-deps.ts';
import { TaskParams, timeOf } from '../fields/fields.ts';
import { problemResponses } from '../problem/problem-response.ts';
import { requireTask } from '../tasks/require-task.ts';
import { isEnded } from '../tasks/task-view.ts';
import { type FollowStep, followTask } from './follow-task.ts';

const route = createRoute({
  method: 'get',
  path: '/api/v1/tasks/{id}/events',
  tags: ['Tasks'],
  summary: 'Follow a task',
  description:
    'Server-sent events `status`, `progress`, `page`, and `gap` where older events have expired, each with JSON data. The stream ends ' +
    'after the event of the final status. To continue an interrupted stream, send `Last-Event-ID`, as browsers do automatically.',
  request: {
    params: TaskParams,
    headers: z.object({
      'last-event-id': z.string().max(100).optional().openapi({
        description: 'Id of the last event received. Without it, the stream starts with the first event.',
      }),
    }),
  },
  responses: {
    200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } },
    204: { description: 'The task has ended and has no later event.' },
    ...problemResponses('task-not-found', 'bad-cursor', 'too-many-streams'),
  },
});

/** Registers the event stream of a task. */
export function eventsRoute(app: OpenAPIHono, deps: ApiDeps): void {
  const limit = new StreamLimit(deps.settings.maxEventStreams);
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const after = c.req.valid('header')['last-event-id'] ?? null;
    const task = await requireTask(deps.tasks, id);
    const [first] = await deps.events.read(id, after, 1);
    if (after !== null && first === undefined && isEnded(task.status)) return c.body(null, 204);
    c.header('X-Accel-Buffering', 'no');
    // Hono serves HEAD through the handler of GET, and no client reads that stream.
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' });
    const close = limit.open();
    return streamSSE(c, (stream) => send(stream, deps, id, after).finally(close));
  });
}

async function send(stream: SSEStreamingApi, deps: ApiDeps, id: string, after: string | null): Promise<void> {
  const disconnect = new AbortController();
  stream.onAbort(() => disconnect.abort());
  const signal = AbortSignal.any([disconnect.signal, deps.stopping]);
  try {
    for await (const step of followTask(deps, id, after, signal)) await sendStep(stream, step);
  } catch (error) {
    deps.log.warn('An event stream failed', { task: id, error: String(error) });
  }
}

async function sendStep(stream: SSEStreamingApi, step: FollowStep): Promise<void> {
  switch (step.kind) {
    case 'event':
      await stream.writeSSE({ id: step.event.id, event: step.event.type, data: dataOf(step.event) });
      return;
    case 'heartbeat':
      await stream.write(': heartbeat\n\n');
      return;
    case 'ended': {
      const { status, message, error } = step.task;
      await stream.writeSSE({ event: 'status', data: JSON.stringify({ status, message, error }) });
    }
  }
}

function dataOf({ at, data }: TaskEvent): string {
  return JSON.stringify({ ...data, at: timeOf(at) });
}

/** Limits the event streams that are open in this process. */
class StreamLimit {
  readonly #max: number;
  #open = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Returns a function to call when the stream closes. @throws {WaymarkError} `too-many-streams`. */
  open(): () => void {
    if (this.#open >= this.#max)
      throw new WaymarkError(
        'too-many-streams',
        `${this.#max} event streams are already open. Close one, or poll the task.`,
      );
    this.#open += 1;
    return () => {
      this.#open -= 1;
    };
  }
}
