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
  const wake = () => changed.resolve();
  const unwatch = events.watch(id, wake);
  signal.addEventListener('abort', wake, { once: true });
  try {
    for (;;) {
      const task = await tasks.get(id);
      if (task === null || ENDED.includes(task.status) || signal.aborted) return task;
      await changed.promise;
      changed = Promise.withResolvers<void>();
    }
  } finally {
    unwatch();
    signal.removeEventListener('abort', wake);
  }
}

const BAR_WIDTH = 24;
const TTY_EVERY_MS = 200;
const LINE_EVERY_MS = 5000;

/** Shows the progress of a task: a bar on a terminal, a line every 5 s elsewhere. */
export class ProgressView {
  readonly #out: NodeJS.WriteStream;
  readonly #timer: NodeJS.Timeout;
  readonly #startedAt = performance.now();
  #drawn = false;
  #lastLine = '';

  /** Polls `read` for the task until it is closed. */
  constructor(out: NodeJS.WriteStream, read: () => Promise<TaskRecord | null>) {
    this.#out = out;
    const show = () =>
      void read().then(
        (task) => task !== null && this.#show(task),
        () => {},
      );
    this.#timer = setInterval(show, out.isTTY ? TTY_EVERY_MS : LINE_EVERY_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#drawn) this.#out.write('\r\u001b[K');
  }

  #show(task: TaskRecord): void {
    const line = this.#line(task);
    if (this.#out.isTTY) this.#out.write(`\r\u001b[K${line.slice(0, this.#out.columns - 1)}`);
    else if (line !== this.#lastLine) this.#out.write(`${line}\n`);
    this.#drawn = this.#out.isTTY;
    this.#lastLine = line;
  }

  #line({ progress, counts, message }: TaskRecord): string {
    const { done, failed, skipped, pending, active } = counts;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const speed = (done / Math.max(1, seconds)).toFixed(1);
    const stage = message.split(':', 1)[0];
    const figures = `${done} done, ${failed} failed, ${skipped} skipped, ${pending + active} queued or in progress, ${speed} pages/s`;
    return `${this.#out.isTTY ? `${bar(progress)} ` : ''}${stage}: ${figures}`;
  }
}

function bar(progress: number): string {
  const full = Math.round((BAR_WIDTH * progress) / 100);
  return `[${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}] ${String(progress).padStart(3)} %`;
}
