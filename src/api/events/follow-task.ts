import type { TaskRecord } from '../../model/task.ts';
import type { TaskEvent } from '../../model/task-event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { TaskQueue } from '../../ports/task-queue.ts';
import { isEnded } from '../tasks/task-view.ts';
import { TaskChanges } from './task-changes.ts';

/** What it takes to follow a task. */
export interface TaskSource {
  readonly tasks: Pick<TaskQueue, 'get'>;
  readonly events: Pick<EventLog, 'read' | 'watch'>;
  readonly clock: Clock;
}

/** After so long without an event a sign of life is due. */
const HEARTBEAT_MS = 15_000;
/** An ended task's last event is written just after its record; so long it is waited for. */
const LAST_EVENT_MS = 1000;
const BATCH = 200;

/** What comes next on a stream: an event, a sign of life, or an end that no event told. */
export type FollowStep =
  | { readonly kind: 'event'; readonly event: TaskEvent }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'ended'; readonly task: TaskRecord };

/** The events of a task after an id, as they happen, until the task has ended or `signal` aborts. */
export async function* followTask(
  { tasks, events, clock }: TaskSource,
  taskId: string,
  afterId: string | null,
  signal: AbortSignal,
): AsyncGenerator<FollowStep, void> {
  const changes = new TaskChanges(events, clock, taskId);
  let last = afterId;
  let told: unknown = null;
  let quietSince = clock.now();
  try {
    while (!signal.aborted) {
      // The task before its events: if it has ended by now, the last of them says so, or soon will.
      const task = await tasks.get(taskId);
      const batch = await events.read(taskId, last, BATCH);
      for (const event of batch) yield { kind: 'event', event };
      if (batch.length > 0) {
        last = batch.at(-1)?.id ?? last;
        told = batch.findLast(({ type }) => type === 'status')?.data['status'] ?? told;
        quietSince = clock.now();
        continue;
      }
      const ended = task === null || isEnded(task.status);
      if (ended && told === task?.status) return;
      const left = quietSince + (ended ? LAST_EVENT_MS : HEARTBEAT_MS) - clock.now();
      if (left > 0) {
        await changes.next(left, signal);
        continue;
      }
      if (ended) {
        if (task !== null) yield { kind: 'ended', task };
        return;
      }
      yield { kind: 'heartbeat' };
      quietSince = clock.now();
    }
  } finally {
    changes.close();
  }
}
