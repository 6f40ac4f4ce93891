import { fork } from 'node:child_process';
import type { Settings } from '../core/settings.ts';
import { systemClock } from '../drivers/system/clock.ts';
import { createLogger } from '../drivers/system/logger.ts';
import { Supervisor } from './supervisor.ts';
import type { WorkerCall } from './worker-flags.ts';

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
