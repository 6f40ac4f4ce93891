import type { TaskRecord, TaskStatus } from '../model/task.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { TaskQueue } from '../ports/task-queue.ts';

const ENDED: readonly TaskStatus[] = ['completed', 'failed', 'cancelled'];

/** Resolves with the task's record once it has ended, or when `signal` is aborted. */
export async function taskEnd(
  tasks: TaskQueue,
  events: EventLog,
  id: string,
  signal: AbortSignal,
): Promise<TaskRecord | null> {
  let changed = Promise.withResolvers<void>();
  const tell = () => changed.resolve();
  const unwatch = events.watch(id, tell);
  signal.addEventListener('abort', tell, { once: true });
  try {
    for (;;) {
      const task = await tasks.get(id);
      if (task === null || ENDED.includes(task.status) || signal.aborted) return task;
      await changed.promise;
      changed = Promise.withResolvers<void>();
    }
  } finally {
    unwatch();
    signal.removeEventListener('abort', tell);
  }
}
