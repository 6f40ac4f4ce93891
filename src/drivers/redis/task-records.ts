import { WaymarkError } from '../../core/errors.ts';
import type { OptionChanges } from '../../model/crawl-options.ts';
import type { TaskError, TaskProgress, TaskStatus } from '../../model/task.ts';
import type { TaskResult } from '../../model/task-result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RedisClient } from './client.ts';
import { crawlKey } from './keys.ts';
import { Script } from './script.ts';
import { type NewTask, newFields, type RawTask, readTask, type StoredTask } from './task-fields.ts';
import type { TaskQueueOptions } from './task-options.ts';

const SCRIPTS = {
  create: new Script('task-create'),
  read: new Script('task-read'),
  claim: new Script('task-claim'),
  beat: new Script('task-beat'),
  report: new Script('task-report'),
  end: new Script('task-end'),
  lose: new Script('task-lose'),
  control: new Script('task-control'),
  amend: new Script('task-amend'),
  join: new Script('task-join'),
  helpBeat: new Script('task-help-beat'),
  leave: new Script('task-leave'),
  holders: new Script('task-holders'),
};

/** How a run left its task. */
export type RunOutcome =
  | { readonly kind: 'completed'; readonly result: TaskResult }
  | { readonly kind: 'failed'; readonly error: TaskError }
  | { readonly kind: 'retry'; readonly error: TaskError; readonly notBefore: number }
  /** Stopped: a task that is neither paused nor cancelled waits for its next run. */
  | { readonly kind: 'stopped' };

export type TaskAction = 'pause' | 'resume' | 'cancel';

/** A run that holds a task, or helps with it. */
export interface Holder {
  readonly owner: string;
  /** Of its lease, by the clock of Redis; negative once it has run out. */
  readonly msLeft: number;
}

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

  /** Makes the record, or answers the one that is there. */
  async create(task: NewTask): Promise<StoredTask> {
    return readTask((await this.#run('create', task.id, ...newFields(task))) as RawTask);
  }

  read(id: string): Promise<StoredTask | null> {
    return this.#task('read', id);
  }

  /** Gives the task to a run if it waits, and for this dispatch (null: whatever it is). */
  claim(id: string, owner: string, dispatch: number | null): Promise<StoredTask | null> {
    return this.#task('claim', id, owner, this.#clock.now(), this.#options.lockMs, dispatch ?? '');
  }

  /** Prolongs the run's lease; answers the task's status now, or null if the run has lost it. */
  async beat(id: string, owner: string): Promise<TaskStatus | null> {
    return (await this.#run('beat', id, owner, this.#clock.now(), this.#options.lockMs)) as TaskStatus | null;
  }

  /** Answers whether the caller still has a part in the task. */
  async report(id: string, owner: string, { progress, message }: TaskProgress): Promise<boolean> {
    return (await this.#run('report', id, owner, progress, message)) === 1;
  }

  /** Settles a run. Nothing changes if the run has lost its task meanwhile. */
  end(id: string, owner: string, outcome: RunOutcome): Promise<StoredTask | null> {
    const { detail, message, notBefore } = toldOf(outcome);
    const expires = this.#options.resultExpiresSeconds;
    return this.#task('end', id, owner, this.#clock.now(), outcome.kind, detail, message, notBefore, expires);
  }

  /** Takes the task from a run whose process is gone; null if that run does not hold it. */
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
    const answer = await this.#run('control', id, action, this.#clock.now(), expires);
    if (answer === null) return null;
    const [changed, ...task] = answer as readonly [number, ...RawTask];
    return { changed: changed === 1, task: readTask(task) };
  }

  /** Lays changes over the options of a paused task; null if there is no such task. Rejects with `task-not-paused`. */
  async amend(id: string, changes: OptionChanges): Promise<StoredTask | null> {
    for (;;) {
      const before = await this.read(id);
      if (before === null) return null;
      const all = JSON.stringify({ ...before.changes, ...changes });
      const answer = await this.#run('amend', id, before.record.amendments, all);
      if (answer === 'not-paused') throw new WaymarkError('task-not-paused', 'Pause the task first.');
      if (answer !== 'changed') return answer === null ? null : readTask(answer as RawTask);
    }
  }

  /** Lets a run help with the crawl of a task, if enough pages wait for that. */
  join(id: string, owner: string): Promise<StoredTask | null> {
    return this.#task('join', id, owner, this.#options.lockMs, this.#options.helpFromPages);
  }

  /** Prolongs a helper's part; answers the task's status, 'closed' if its crawl was ended, or null if it has no part. */
  async helpBeat(id: string, owner: string): Promise<TaskStatus | 'closed' | null> {
    return (await this.#run('helpBeat', id, owner, this.#options.lockMs)) as TaskStatus | 'closed' | null;
  }

  /** Answers whether there still is such a task. */
  async leave(id: string, owner: string): Promise<boolean> {
    return (await this.#run('leave', id, owner)) === 1;
  }

  /** Who leads the task (null: nobody), and who helps; null if there is no such task. */
  async holders(
    id: string,
  ): Promise<{ readonly leader: Holder | null; readonly helpers: readonly Holder[] } | null> {
    const answer = (await this.#run('holders', id)) as readonly (string | number)[] | null;
    if (answer === null) return null;
    const holders: Holder[] = [];
    for (let i = 0; i < answer.length; i += 2) {
      holders.push({ owner: String(answer[i]), msLeft: Number(answer[i + 1]) });
    }
    const [leader, ...helpers] = holders;
    return { leader: leader?.owner ? leader : null, helpers };
  }

  async #task(
    name: keyof typeof SCRIPTS,
    id: string,
    ...args: readonly (string | number)[]
  ): Promise<StoredTask | null> {
    const answer = (await this.#run(name, id, ...args)) as RawTask | null;
    return answer === null ? null : readTask(answer);
  }

  #run(name: keyof typeof SCRIPTS, id: string, ...args: readonly (string | number)[]): Promise<unknown> {
    return SCRIPTS[name].run(this.#client, crawlKey(this.#options.namespace, id), ...args);
  }
}

function toldOf(outcome: RunOutcome) {
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
