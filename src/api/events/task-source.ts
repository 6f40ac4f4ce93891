import type { Clock } from '../../ports/clock.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { TaskQueue } from '../../ports/task-queue.ts';

/** What it takes to follow a task. */
export interface TaskSource {
  readonly tasks: Pick<TaskQueue, 'get'>;
  readonly events: Pick<EventLog, 'read' | 'watch'>;
  readonly clock: Clock;
}
