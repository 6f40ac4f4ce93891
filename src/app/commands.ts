import { WaymarkError } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import { CRAWL_HELP, readCrawlCall } from './crawl-flags.ts';
import { readSettings } from './environment.ts';
import { EXPORT_HELP, readExportCall } from './export-flags.ts';
import { UsageError } from './flags.ts';
import { ExitCode } from './shutdown.ts';
import { readWorkerCall, WORKER_HELP, type WorkerCall } from './worker-flags.ts';

type Args = readonly string[];

const HELP = `Waymark turns a website into a map.

  npm start                     start the service and crawl the bundled demo site
  npm run -s crawl -- URL       crawl a site once (--help shows the flags)
  npm run serve                 start the service
  npm run worker                run a worker for the tasks in Redis (--help shows the flags)
  npm run -s export -- FLAGS    export a site as JSON lines, GraphML, sitemap or Markdown (--help shows the flags)
  npm test                      run the tests
  npm run -s bench -- NAME      run a benchmark

Settings are environment variables; docs/settings.md lists them.
`;

/** `help`: prints the commands. */
export async function helpCommand(): Promise<number> {
  process.stdout.write(HELP);
  return ExitCode.done;
}

/** `crawl URL`: crawls a site once. */
export function crawlCommand(args: Args): Promise<number> {
  return run(
    'crawl',
    CRAWL_HELP,
    () => readCrawlCall(args),
    async (call) => {
      const { crawlOnce } = await import('./crawl-once.ts');
      return crawlOnce(call);
    },
  );
}

/** `export`: exports a site from the map. */
export function exportCommand(args: Args): Promise<number> {
  return run(
    'export',
    EXPORT_HELP,
    () => readExportCall(args),
    async (call) => {
      const { exportOnce } = await import('./export-once.ts');
      return exportOnce(call);
    },
  );
}

/** `worker`: works on the tasks in Redis, or supervises worker processes. */
export function workerCommand(args: Args): Promise<number> {
  return run(
    'worker',
    WORKER_HELP,
    () => readWorkerCall(args),
    async (call) => {
      const settings = workerSettings(call);
      if (call.supervise === null) {
        const { workAsWorker } = await import('./work-as-worker.ts');
        return workAsWorker(call, settings);
      }
      const { superviseWorkers } = await import('./supervisor.ts');
      return superviseWorkers(call.supervise, call, settings);
    },
  );
}

/** Runs a command. Prints its help if `read` returns null, and its usage error if `read` throws one. */
async function run<Call>(
  name: string,
  help: string,
  read: () => Call | null,
  execute: (call: Call) => Promise<number>,
): Promise<number> {
  try {
    const call = read();
    if (call !== null) return await execute(call);
    process.stdout.write(help);
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nTry: npm run -s ${name} -- --help\n`);
    return ExitCode.usage;
  }
}

/** Reads the settings of a worker. @throws {WaymarkError} `bad-setting`, also without REDIS_URL. */
function workerSettings({ settings: flags }: WorkerCall): Settings {
  const settings = readSettings(flags);
  if (settings.redisUrl !== null) return settings;
  throw new WaymarkError(
    'bad-setting',
    'REDIS_URL: it is not set, but workers take their tasks from Redis. Set it to redis://:password@host:6379, or run ' +
      '`npm run serve`, which works on tasks without Redis',
  );
}
