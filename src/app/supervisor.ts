import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Settings } from '../core/settings.ts';
import { systemClock } from '../drivers/system/clock.ts';
import { createLogger } from '../drivers/system/logger.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { ExitCode } from './shutdown.ts';
import type { WorkerCall } from './worker-flags.ts';

/** A process that ends sooner than this, in milliseconds, and not of its own accord, is replaced after a pause. */
const SHORT_LIFE_MS = 10_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

export interface SupervisorOptions {
  /** Processes to keep running. */
  readonly count: number;
  readonly start: () => ChildProcess;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long processes may take to end after the first signal, in milliseconds; then they are killed. */
  readonly graceMs: number;
}

/**
 * Keeps a number of processes running: starts a new one whenever one ends, after growing pauses where they die at once.
 * One that says that it was called wrongly ends them all, because every other would say the same.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #running = new Set<ChildProcess>();
  readonly #pauses = new Set<() => void>();
  #stopping = false;
  #exitCode: number = ExitCode.done;
  #cancelKillTimer: () => void = () => {};

  constructor(options: SupervisorOptions) {
    this.#options = Object.freeze({ ...options });
  }

  /** Resolves with the exit code once it was stopped and all processes have ended. */
  async run(): Promise<number> {
    await Promise.all(Array.from({ length: this.#options.count }, () => this.#keepOne()));
    this.#cancelKillTimer();
    return this.#exitCode;
  }

  /** Passes the signal on, every time; starts no more. */
  stop(signal: NodeJS.Signals): void {
    if (!this.#stopping)
      this.#cancelKillTimer = this.#options.clock.after(this.#options.graceMs, () => this.#kill());
    this.#stopping = true;
    for (const child of this.#running) child.kill(signal);
    for (const endPause of this.#pauses) endPause();
  }

  async #keepOne(): Promise<void> {
    const { clock, log } = this.#options;
    for (let pauseMs = 0; !this.#stopping; ) {
      const startedAt = clock.now();
      const code = await this.#runOne();
      if (this.#stopping) return;
      if (code === ExitCode.usage) return this.#giveUp(code);
      const diedYoung = code !== ExitCode.recycled && clock.now() - startedAt < SHORT_LIFE_MS;
      pauseMs = diedYoung ? Math.min(Math.max(FIRST_PAUSE_MS, pauseMs * 2), LONGEST_PAUSE_MS) : 0;
      log.info('a worker has ended; another one is started', { exit: code, pauseMs });
      await this.#pause(pauseMs);
    }
  }

  /** Answers the exit code, or the name of the signal that ended it. */
  async #runOne(): Promise<number | string> {
    const child = this.#options.start();
    this.#running.add(child);
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    this.#running.delete(child);
    return code ?? signal ?? ExitCode.failed;
  }

  #giveUp(code: number): void {
    this.#exitCode = code;
    this.stop('SIGTERM');
  }

  async #pause(ms: number): Promise<void> {
    if (ms === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancelTimer = this.#options.clock.after(ms, resolve);
    this.#pauses.add(resolve);
    await promise;
    this.#pauses.delete(resolve);
    cancelTimer();
  }

  #kill(): void {
    this.#options.log.error('workers did not end in time and are killed', { workers: this.#running.size });
    for (const child of this.#running) child.kill('SIGKILL');
  }
}

/** What a worker may take beyond DRAIN_SECONDS to end, in milliseconds. */
const SLACK_MS = 5000;
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs workers as processes of their own until it is asked to end; answers the exit code. */
export async function superviseWorkers(
  count: number,
  { workerArgs }: WorkerCall,
  settings: Settings,
): Promise<number> {
  const [, program = ''] = process.argv;
  const supervisor = new Supervisor({
    count,
    start: () => fork(program, ['worker', ...workerArgs]),
    clock: systemClock,
    log: createLogger(settings.logLevel),
    graceMs: settings.drainSeconds * 1000 + SLACK_MS,
  });
  const passOn = (signal: NodeJS.Signals) => supervisor.stop(signal);
  for (const signal of SIGNALS) process.on(signal, passOn);
  return await supervisor.run();
}
