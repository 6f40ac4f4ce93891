import type { TaskFollower } from './task-follower.ts';
import type { Entry, TaskIndex } from './task-index.ts';
import type { TaskRecords } from './task-records.ts';

/** Mends what crashes have left behind, and clears away what has expired. */
export class TaskReaper {
  readonly #index: TaskIndex;
  readonly #records: TaskRecords;
  readonly #follower: TaskFollower;
  readonly #everyMs: number;

  constructor(index: TaskIndex, records: TaskRecords, follower: TaskFollower, everyMs: number) {
    this.#everyMs = everyMs;
    this.#index = index;
    this.#records = records;
    this.#follower = follower;
  }

  /** Writes notes for the tasks whose retry is due. */
  async due(): Promise<void> {
    for (const id of await this.#index.due()) await this.#mend(id);
  }

  /** Sweeps, if no worker has for a while. */
  async sweepInTurn(): Promise<void> {
    if (await this.#index.turn('sweep', this.#everyMs)) await this.sweep();
  }

  async sweep(): Promise<void> {
    for (const id of await this.#index.vanished()) await this.#mendOrForget(id);
    let last = 0;
    for (;;) {
      const entries = await this.#index.open(last);
      for (const entry of entries) await this.#sweepEntry(entry);
      const newest = entries.at(-1);
      if (newest === undefined) return;
      last = newest.n;
    }
  }

  async #sweepEntry({ id }: Entry): Promise<void> {
    if (await this.#mend(id)) return;
    if (!(await this.#index.isNew(id))) await this.#follower.forget(id);
  }

  async #mendOrForget(id: string): Promise<void> {
    if (!(await this.#mend(id))) await this.#follower.forget(id);
  }

  /** Answers whether there is such a task. */
  async #mend(id: string): Promise<boolean> {
    const task = await this.#records.read(id);
    if (task !== null) await this.#follower.mend(task);
    return task !== null;
  }
}
