import { randomUUID } from 'node:crypto';
import { messageOf } from '../../core/errors.ts';
import type { TaskHandler, TaskWorker, WorkOptions } from '../../ports/task-queue.ts';
import { ownerName } from '../system/process-identity.ts';
import type { DispatchConsumer, TakenNote } from './dispatch-consumer.ts';
import { HelpRun } from './help-run.ts';
import { SingleFlight } from './single-flight.ts';
import type { StalledTaskRecovery } from './stalled-task-recovery.ts';
import type { TaskHelp } from './task-help.ts';
import type { TaskReaper } from './task-reaper.ts';
import { type RunParts, TaskRun } from './task-run.ts';
import type { TaskSignals } from './task-signals.ts';

/**
 * How often a worker looks for work and its runs show that they live, in milliseconds; a little more or less. Short locks
 * ask for more.
 */
const BEAT_MS = 1000;
const BEATS_PER_LOCK = 4;
const JITTER = 0.2;

export interface WorkerParts extends RunParts {
  /** Null for a worker that works on one task alone. */
  readonly taker: DispatchConsumer | null;
  readonly help: TaskHelp;
  readonly lost: StalledTaskRecovery;
  readonly sweeper: TaskReaper;
  readonly signals: TaskSignals;
}

/**
 * Takes tasks up to its concurrency and keeps them while they run. With a place left and no task that waits it helps
 * with a crawl that another process leads; a task of its own comes first, and a helper makes way for it.
 */
export class RedisTaskWorker implements TaskWorker {
  readonly #parts: WorkerParts;
  readonly #handler: TaskHandler;
  readonly #options: WorkOptions;
  readonly #onClosed: () => void;
  readonly #leading = new Map<Promise<void>, TaskRun>();
  readonly #helping = new Map<Promise<void>, HelpRun>();
  readonly #work: SingleFlight;
  readonly #care: SingleFlight;
  readonly #unlisten: () => void;
  #closed = false;
  #caredAt: number;
  #cancelTimer: () => void = () => {};

  constructor(parts: WorkerParts, handler: TaskHandler, options: WorkOptions, onClosed: () => void) {
    this.#parts = parts;
    this.#handler = handler;
    this.#options = Object.freeze({ ...options });
    this.#onClosed = onClosed;
    const report = (error: unknown) => this.#report(error);
    this.#work = new SingleFlight(() => this.#fillPlaces(), report);
    this.#care = new SingleFlight(() => this.#lookAfter(), report);
    this.#unlisten = parts.signals.listen(() => this.#lookForWork());
    this.#caredAt = parts.clock.now();
    this.#beat();
  }

  wake(): void {
    this.#checkRuns();
    void this.#care.ask().then(() => this.#work.ask());
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    this.#unlisten();
    await Promise.all([this.#work.idle(), this.#care.idle()]);
    for (const { heart } of this.#runs()) heart.stop('shutdown');
    await Promise.all([...this.#leading.keys(), ...this.#helping.keys()]);
    await this.#parts.taker?.close();
    this.#onClosed();
  }

  #beat(): void {
    const { clock, options } = this.#parts;
    const ms = Math.min(BEAT_MS, options.lockMs / BEATS_PER_LOCK) * (1 + (Math.random() - 0.5) * JITTER);
    this.#cancelTimer = clock.after(ms, () => {
      this.#lookForWork();
      if (clock.now() - this.#caredAt >= options.stalledCheckMs) void this.#care.ask();
      this.#beat();
    });
  }

  #lookForWork(): void {
    if (this.#closed) return;
    this.#checkRuns();
    void this.#work.ask();
  }

  #checkRuns(): void {
    for (const { heart } of this.#runs()) heart.beat();
  }

  #runs(): readonly (TaskRun | HelpRun)[] {
    return [...this.#leading.values(), ...this.#helping.values()];
  }

  async #lookAfter(): Promise<void> {
    if (this.#closed) return;
    this.#caredAt = this.#parts.clock.now();
    await this.#parts.lost.look();
    await this.#parts.sweeper.sweepInTurn();
  }

  async #fillPlaces(): Promise<void> {
    await this.#parts.sweeper.due();
    while (!this.#closed && this.#leading.size < this.#options.concurrency) {
      const run = await this.#take();
      if (run === null) break;
      this.#lead(run);
    }
    if (!this.#closed && this.#taken < this.#options.concurrency) await this.#findHelpNeeded();
  }

  get #taken(): number {
    return this.#leading.size + this.#helping.size;
  }

  /** The next task that may be run; notes of tasks that may not are thrown away. */
  async #take(): Promise<TaskRun | null> {
    const { taker } = this.#parts;
    if (taker === null) return this.#claim(this.#options.only ?? '', null);
    for (let note = await taker.next(); note !== null; note = await taker.next()) {
      const run = await this.#claim(note.task, note);
      if (run !== null) return run;
      await note.done();
    }
    return null;
  }

  async #claim(id: string, note: TakenNote | null): Promise<TaskRun | null> {
    const owner = ownerName(randomUUID());
    const task = await this.#parts.records.claim(id, owner, note?.dispatch ?? null);
    if (task === null) return null;
    await this.#parts.follower.mend(task);
    return new TaskRun(this.#parts, task.record, owner, note);
  }

  #lead(run: TaskRun): void {
    this.#makePath(run.task.id);
    const ended = run
      .execute(this.#handler)
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        this.#leading.delete(ended);
        this.#lookForWork();
      });
    this.#leading.set(ended, run);
  }

  /** Ends the help with this task, and help anywhere if there is no place for it any more. */
  #makePath(id: string): void {
    const helpers = [...this.#helping.values()].filter(({ heart }) => !heart.signal.aborted);
    let tooMany = this.#leading.size + 1 + helpers.length - this.#options.concurrency;
    for (const { task, heart } of helpers) {
      if (task.id !== id && tooMany <= 0) continue;
      heart.stop('relieved');
      tooMany -= 1;
    }
  }

  async #findHelpNeeded(): Promise<void> {
    const { help, taker } = this.#parts;
    if (taker === null) return;
    const invitation = await help.find(new Set(this.#runs().map(({ task }) => task.id)));
    if (invitation === null) return;
    const run = new HelpRun(this.#parts, invitation.task, invitation.owner);
    const ended = run
      .execute(this.#handler)
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        this.#helping.delete(ended);
        help.left(run.task.id);
      });
    this.#helping.set(ended, run);
  }

  #report(error: unknown): void {
    this.#parts.log.error('the task queue did not answer', { error: messageOf(error) });
  }
}
