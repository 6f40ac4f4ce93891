import type { TaskRecord } from '../../model/task.ts';
import type { TaskSource } from '../events/follow-task.ts';
import { TaskChanges } from '../events/task-changes.ts';
import { existingTask } from '../tasks/require-task.ts';
import { isEnded } from '../tasks/task-view.ts';

/** The record is read again after this time, even without an event. */
const POLL_MS = 1000;

/** Waits at most `ms` milliseconds until a task has ended or `signal` aborts, and returns its latest record. */
export async function waitForEnd(
  { tasks, events, clock }: TaskSource,
  taskId: string,
  ms: number,
  signal: AbortSignal,
): Promise<TaskRecord> {
  const deadline = clock.now() + ms;
  const changes = new TaskChanges(events, clock, taskId);
  try {
    for (;;) {
      const task = existingTask(await tasks.get(taskId), taskId);
      const left = deadline - clock.now();
      if (isEnded(task.status) || left <= 0 || signal.aborted) return task;
      await changes.next(Math.min(left, POLL_MS), signal);
    }
  } finally {
    changes.close();
  }
}
