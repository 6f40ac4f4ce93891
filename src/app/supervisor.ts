import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Settings } from '../core/settings.ts';
import { systemClock } from '../drivers/system/clock.ts';
import { createLogger } from '../drivers/system/logger.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { ExitCode } from './shutdown.ts';
import type { WorkerCall } from './worker-flags.ts';

/** A process that fails within this time, in milliseconds, is replaced after a delay. */
const SHORT_LIFE_MS = 10_000;
const MIN_DELAY_MS = 1000;
const MAX_DELAY_MS = 30_000;

export interface SupervisorOptions {
  /** Processes to keep running. */
  readonly count: number;
  readonly start: () => ChildProcess;
  readonly clock: Clock;
  readonly log: Logger;
  /** Time from the first signal after which processes are killed, in milliseconds. */
  readonly graceMs: number;
}

/**
 * Keeps a number of processes running. It replaces each one that exits, after growing delays if processes fail quickly.
 * A process that exits with a usage error stops all, because every other process would fail the same way.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #running = new Set<ChildProcess>();
  readonly #delays = new Set<() => void>();
  #stopping = false;
  #exitCode: number = ExitCode.done;
  #cancelKillTimer: () => void = () => {};

  constructor(options: SupervisorOptions) {
    this.#options = Object.freeze({ ...options });
  }

  /** Resolves with the exit code when it is stopped and all processes have exited. */
  async run(): Promise<number> {
    await Promise.all(Array.from({ length: this.#options.count }, () => this.#keepOne()));
    this.#cancelKillTimer();
    return this.#exitCode;
  }

  /** Starts no further process, and forwards the signal on every call. */
  stop(signal: NodeJS.Signals): void {
    if (!this.#stopping)
      this.#cancelKillTimer = this.#options.clock.after(this.#options.graceMs, () => this.#kill());
    this.#stopping = true;
    for (const child of this.#running) child.kill(signal);
    for (const endDelay of this.#delays) endDelay();
  }

  async #keepOne(): Promise<void> {
    const { clock, log } = this.#options;
    for (let delayMs = 0; !this.#stopping; ) {
      const startedAt = clock.now();
      const code = await this.#runOne();
      if (this.#stopping) return;
      if (code === ExitCode.usage) return this.#giveUp(code);
      const failedQuickly = code !== ExitCode.recycled && clock.now() - startedAt < SHORT_LIFE_MS;
      delayMs = failedQuickly ? Math.min(Math.max(MIN_DELAY_MS, delayMs * 2), MAX_DELAY_MS) : 0;
      log.info('A worker exited; starting another one', { exit: code, delayMs });
      await this.#delay(delayMs);
    }
  }

  /** Resolves with the exit code, or with the name of the signal that ended the process. */
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

  async #delay(ms: number): Promise<void> {
    if (ms === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancelTimer = this.#options.clock.after(ms, resolve);
    this.#delays.add(resolve);
    await promise;
    this.#delays.delete(resolve);
    cancelTimer();
  }

  #kill(): void {
    this.#options.log.error('Workers did not exit in time; killing them', { workers: this.#running.size });
    for (const child of this.#running) child.kill('SIGKILL');
  }
}

/** Time that a worker may take to exit in addition to DRAIN_SECONDS, in milliseconds. */
const SLACK_MS = 5000;
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs worker processes until a signal arrives, and returns the exit code. */
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
  const forward = (signal: NodeJS.Signals) => supervisor.stop(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  return await supervisor.run();
}
