import { WaymarkError } from '../../core/errors.ts';
import type { RunOutcome } from '../../core/tasks/run-outcome.ts';
import type { OptionChanges } from '../../model/crawl-options.ts';
import type { TaskError, TaskProgress, TaskStatus } from '../../model/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RedisClient } from './client.ts';
import { crawlKey } from './keys.ts';
import { Script } from './script.ts';
import { type NewTask, newFields, type RawTask, readTask, type StoredTask } from './task-fields.ts';
import type { TaskQueueOptions } from './task-options.ts';

const SCRIPTS = {
  read: new Script('task-read'),
  claim: new Script('task-claim'),
  beat: new Script('task-beat'),
  report: new Script('task-report'),
  end: new Script('task-end'),
  lose: new Script('task-lose'),
  control: new Script('task-control'),
  amend: new Script('task-amend'),
  join: new Script('task-join'),
};

export type TaskAction = 'pause' | 'resume' | 'cancel';

const LOST: TaskError = { code: 'worker-lost', message: 'Its workers died again and again' };

/** The records of tasks: the truth about each. Pause and cancel change record and frontier in one step. */
export class TaskRecords {
  readonly #client: RedisClient;
  readonly #clock: Clock;
  readonly #options: TaskQueueOptions;

  constructor(client: RedisClient, clock: Clock, options: TaskQueueOptions) {
    this.#client = client;
    this.#clock = clock;
    this.#options = options;
  }

  /** Makes the record, or returns the one that is there. */
  async create(task: NewTask): Promise<StoredTask> {
    return readTask((await this.#run('read', task.id, ...newFields(task))) as RawTask);
  }

  read(id: string): Promise<StoredTask | null> {
    return this.#task('read', id);
  }

  /** Gives the task to a run if it waits. */
  claim(id: string, owner: string): Promise<StoredTask | null> {
    return this.#task('claim', id, owner, this.#clock.now(), this.#options.lockMs);
  }

  /** Prolongs the lease of a leader or a helper; returns the task's status, or null if the run has lost it. */
  async beat(id: string, owner: string): Promise<TaskStatus | null> {
    return (await this.#run('beat', id, owner, this.#clock.now(), this.#options.lockMs)) as TaskStatus | null;
  }

  /** Returns whether the caller still has a part in the task. */
  async report(id: string, owner: string, { progress, message }: TaskProgress): Promise<boolean> {
    return (await this.#run('report', id, owner, progress, message)) === 1;
  }

  /** Settles a run. Nothing changes if the run has lost its task meanwhile. */
  end(id: string, owner: string, outcome: RunOutcome): Promise<StoredTask | null> {
    const { detail, message, notBefore } = endFields(outcome);
    const expires = this.#options.resultExpiresSeconds;
    return this.#task('end', id, owner, this.#clock.now(), outcome.kind, detail, message, notBefore, expires);
  }

  /** Takes the task from a run whose process died; null if that run does not hold it. */
  lose(id: string, owner: string): Promise<StoredTask | null> {
    const { lossesAllowed, resultExpiresSeconds } = this.#options;
    const failure = [JSON.stringify(LOST), LOST.message, resultExpiresSeconds];
    return this.#task('lose', id, owner, this.#clock.now(), lossesAllowed, ...failure);
  }

  async control(
    id: string,
    action: TaskAction,
  ): Promise<{ readonly changed: boolean; readonly task: StoredTask } | null> {
    const expires = this.#options.resultExpiresSeconds;
    const reply = await this.#run('control', id, action, this.#clock.now(), expires);
    if (reply === null) return null;
    const [changed, task] = reply as readonly [number, RawTask];
    return { changed: changed === 1, task: readTask(task) };
  }

  /** Lays changes over the options of a paused task; null if there is no such task. Rejects with `task-not-paused`. */
  async amend(id: string, changes: OptionChanges): Promise<StoredTask | null> {
    for (;;) {
      const before = await this.read(id);
      if (before === null) return null;
      const all = JSON.stringify({ ...before.changes, ...changes });
      const reply = await this.#run('amend', id, before.record.amendments, all);
      if (reply === 'not-paused') throw new WaymarkError('task-not-paused', 'Pause the task first.');
      if (reply !== 'changed') return reply === null ? null : readTask(reply as RawTask);
    }
  }

  /** Lets a run help with the crawl of a task, if enough pages wait for that. */
  join(id: string, owner: string): Promise<StoredTask | null> {
    return this.#task('join', id, owner, this.#options.lockMs, this.#options.helpFromPages);
  }

  /** Ends the part of a helper; returns whether there still is such a task. */
  async leave(id: string, owner: string): Promise<boolean> {
    return (await this.#task('end', id, owner, this.#clock.now(), 'left')) !== null;
  }

  async #task(
    name: keyof typeof SCRIPTS,
    id: string,
    ...args: readonly (string | number)[]
  ): Promise<StoredTask | null> {
    const reply = (await this.#run(name, id, ...args)) as RawTask | null;
    return reply === null ? null : readTask(reply);
  }

  #run(name: keyof typeof SCRIPTS, id: string, ...args: readonly (string | number)[]): Promise<unknown> {
    return SCRIPTS[name].run(this.#client, crawlKey(this.#options.namespace, id), ...args);
  }
}

function endFields(outcome: RunOutcome) {
  switch (outcome.kind) {
    case 'completed':
      return { detail: JSON.stringify(outcome.result), message: 'Completed', notBefore: 0 };
    case 'failed':
      return { detail: JSON.stringify(outcome.error), message: outcome.error.message, notBefore: 0 };
    case 'retry':
      return { detail: JSON.stringify(outcome.error), message: '', notBefore: outcome.notBefore };
    case 'stopped':
      return { detail: '', message: '', notBefore: 0 };
  }
}
