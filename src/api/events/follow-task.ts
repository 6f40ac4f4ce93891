import type { TaskEvent, TaskRecord } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { TaskQueue } from '../../ports/task-queue.ts';
import { isEnded } from '../tasks/task-view.ts';
import { TaskChanges } from './task-changes.ts';

/** The services needed to follow a task. */
export interface TaskSource {
  readonly tasks: Pick<TaskQueue, 'get'>;
  readonly events: Pick<EventLog, 'read' | 'watch'>;
  readonly clock: Clock;
}

/** Time without an event after which a heartbeat is sent. */
const HEARTBEAT_MS = 15_000;
/** A task's last event is written just after its record. The stream waits this long for it. */
const LAST_EVENT_MS = 1000;
const BATCH = 200;

/** The next item of a stream: an event, a heartbeat, or the end of a task whose last event is missing. */
export type FollowStep =
  | { readonly kind: 'event'; readonly event: TaskEvent }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'ended'; readonly task: TaskRecord };

/** Yields the events of a task after an id, as they happen, until the task has ended or `signal` aborts. */
export async function* followTask(
  { tasks, events, clock }: TaskSource,
  taskId: string,
  afterId: string | null,
  signal: AbortSignal,
): AsyncGenerator<FollowStep, void> {
  const changes = new TaskChanges(events, clock, taskId);
  let last = afterId;
  let sentStatus: unknown = null;
  let quietSince = clock.now();
  try {
    while (!signal.aborted) {
      // Reads the task before its events: if it has ended, its last event exists or is about to be written.
      const task = await tasks.get(taskId);
      const batch = await events.read(taskId, last, BATCH);
      for (const event of batch) yield { kind: 'event', event };
      if (batch.length > 0) {
        last = batch.at(-1)?.id ?? last;
        sentStatus = batch.findLast(({ type }) => type === 'status')?.data['status'] ?? sentStatus;
        quietSince = clock.now();
        continue;
      }
      const ended = task === null || isEnded(task.status);
      if (ended && sentStatus === task?.status) return;
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
