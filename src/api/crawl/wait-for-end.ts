import type { TaskRecord } from '../../model/task.ts';
import type { TaskSource } from '../events/follow-task.ts';
import { TaskChanges } from '../events/task-changes.ts';
import { knownTask } from '../tasks/require-task.ts';
import { isEnded } from '../tasks/task-view.ts';

/** The record is looked at again after so long, even if no event was told. */
const LOOK_EVERY_MS = 1000;

/** Waits until a task has ended, `ms` milliseconds at most, or until `signal` aborts; answers its record by then. */
export async function waitForEnd(
  { tasks, events, clock }: TaskSource,
  taskId: string,
  ms: number,
  signal: AbortSignal,
): Promise<TaskRecord> {
  const until = clock.now() + ms;
  const changes = new TaskChanges(events, clock, taskId);
  try {
    for (;;) {
      const task = knownTask(await tasks.get(taskId), taskId);
      const left = until - clock.now();
      if (isEnded(task.status) || left <= 0 || signal.aborted) return task;
      await changes.next(Math.min(left, LOOK_EVERY_MS), signal);
    }
  } finally {
    changes.close();
  }
}
