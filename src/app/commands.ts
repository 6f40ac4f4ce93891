import { WaymarkError } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import { CRAWL_HELP, readCrawlCall } from './crawl-flags.ts';
import { readSettings } from './environment.ts';
import { EXPORT_HELP, readExportCall } from './export-flags.ts';
import { UsageError } from './flags.ts';
import { ExitCode } from './shutdown.ts';
import { readWorkerCall, WORKER_HELP, type WorkerCall } from './worker-flags.ts';

const HELP = `Waymark turns a website into a map.

  npm start                     start the service and crawl the bundled demo site
  npm run -s crawl -- URL       crawl a site once (--help shows the flags)
  npm run serve                 start the service alone
  npm run worker                work on the tasks in Redis (--help shows the flags)
  npm run -s export -- FLAGS    take a site out as JSON lines, GraphML, sitemap or Markdown (--help shows the flags)
  npm test                      run the tests
  npm run -s bench -- NAME      run a benchmark

Settings are environment variables; docs/settings.md lists them.
`;

/** `help`: what there is. */
export async function helpCommand(): Promise<number> {
  process.stdout.write(HELP);
  return ExitCode.done;
}

/** `crawl URL`: crawls once and exits. */
export async function crawlCommand(args: readonly string[]): Promise<number> {
  try {
    const call = readCrawlCall(args);
    if (call !== null) return await (await import('./crawl-once.ts')).crawlOnce(call);
    process.stdout.write(CRAWL_HELP);
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nTry: npm run -s crawl -- --help\n`);
    return ExitCode.usage;
  }
}

/** `export`: writes a site out of the map. */
export async function exportCommand(args: readonly string[]): Promise<number> {
  try {
    const call = readExportCall(args);
    if (call !== null) return await (await import('./export-once.ts')).exportOnce(call);
    process.stdout.write(EXPORT_HELP);
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nTry: npm run -s export -- --help\n`);
    return ExitCode.usage;
  }
}

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
      return await (await import('./work-as-worker.ts')).workAsWorker(call, settings);
    return await (await import('./supervisor.ts')).superviseWorkers(call.supervise, call, settings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nTry: npm run -s worker -- --help\n`);
    return ExitCode.usage;
  }
}

/** The settings of a worker. Throws `bad-setting`, also where no Redis is named. */
export function readWorkerSettings({ settings: given }: WorkerCall): Settings {
  const settings = readSettings(given);
  if (settings.redisUrl !== null) return settings;
  throw new WaymarkError(
    'bad-setting',
    'REDIS_URL: workers take their tasks from Redis, so name one: redis://:password@host:6379. ' +
      'Without Redis `npm run serve` works on tasks itself',
  );
}
