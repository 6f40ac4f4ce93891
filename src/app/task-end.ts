import type { EventLog } from '../ports/event-log.ts';
import type { TaskQueue, TaskRecord, TaskStatus } from '../ports/task-queue.ts';

const ENDED: readonly TaskStatus[] = ['completed', 'failed', 'cancelled'];

/** Resolves with the task's record once it has ended, or when `signal` is aborted. */
export async function taskEnd(
  tasks: TaskQueue,
  events: EventLog,
  id: string,
  signal: AbortSignal,
): Promise<TaskRecord | null> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const unwatch = events.watch(id, resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    try {
      const task = await tasks.get(id);
      if (task === null || ENDED.includes(task.status) || signal.aborted) return task;
      await promise;
    } finally {
      unwatch();
    }
  }
}
