import { ExitCode } from '../exit-code.ts';
import { UsageError } from '../usage-error.ts';
import { readWorkerCall, WORKER_HELP } from '../worker-flags.ts';
import { readWorkerSettings } from '../worker-settings.ts';

/** `worker`: works on the tasks in Redis, or supervises processes that do. */
export async function workerCommand(args: readonly string[]): Promise<number> {
  try {
    const call = readWorkerCall(args);
    if (call === null) {
      process.stdout.write(WORKER_HELP);
      return ExitCode.done;
    }
    const settings = readWorkerSettings(call);
    if (call.supervise === null)
      return await (await import('../work-as-worker.ts')).workAsWorker(call, settings);
    return await (await import('../supervise-workers.ts')).superviseWorkers(call.supervise, call, settings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nTry: npm run -s worker -- --help\n`);
    return ExitCode.usage;
  }
}
