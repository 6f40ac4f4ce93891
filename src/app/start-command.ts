import { crawlOptionsFor } from '../core/crawl/crawl-options.ts';
import type { Settings } from '../core/settings.ts';
import { createDemoSite } from '../demo/demo-site.ts';
import { createLogger } from '../drivers/system/logger.ts';
import type { TaskRecord } from '../model/task.ts';
import { crawlSummary } from './crawl-summary.ts';
import { environment, readSettings } from './environment.ts';
import { readSettingFlags } from './flags.ts';
import { ProgressView, taskEnd } from './follow-task.ts';
import { listen } from './listen.ts';
import { ServedService } from './served-service.ts';
import { drain, ExitCode, interrupted } from './shutdown.ts';

const QUIET = { LOG_LEVEL: environment['LOG_LEVEL'] ?? 'warn' };

/** `start`: runs the service and the demo site, and crawls the demo site once. */
export async function startCommand(args: readonly string[]): Promise<number> {
  const settings = readSettings({ ...QUIET, ...readSettingFlags(args) });
  const interrupt = interrupted().promise;
  const demo = await listen(createDemoSite().fetch, '127.0.0.1', settings.demoPort);
  const { host } = new URL(demo.origin);
  const path = environment['PATH'] ?? '';
  const log = createLogger(settings.logLevel);
  const served = await ServedService.start(settings, log, path, [host]);
  print(
    `Waymark listens on ${served.listening.origin}\nThe demo site is at ${demo.origin}/\nThe service now crawls it with a real browser.\n`,
  );
  const stop = new AbortController();
  void interrupt.then(() => stop.abort());
  const task = await crawlDemo(served, settings, `${demo.origin}/`, stop.signal);
  if (!stop.signal.aborted) printNextSteps(task, served.listening.origin, demo.origin);
  await interrupt;
  print('\nStopping. Running tasks continue at the next start.');
  await drain(() => served.close(), settings.drainSeconds, log);
  await demo.close();
  return ExitCode.done;
}

/** Resumes the crawl that an earlier start left unfinished, or starts one. */
async function crawlDemo(
  { service }: ServedService,
  settings: Settings,
  url: string,
  signal: AbortSignal,
): Promise<TaskRecord> {
  const unfinished = await service.tasks.findUnfinished('crawling', url);
  const task =
    unfinished ??
    (await service.tasks.submit({
      kind: 'crawl',
      queue: 'crawling',
      options: crawlOptionsFor(url, settings),
    }));
  const view = new ProgressView(process.stdout, () => service.tasks.get(task.id));
  try {
    return (await taskEnd(service.tasks, service.events, task.id, signal)) ?? task;
  } finally {
    view.close();
  }
}

function printNextSteps(task: TaskRecord, origin: string, demo: string): void {
  if (task.result === null) print(`The demo crawl failed: ${task.error?.code}: ${task.error?.message}`);
  else print(`Crawled the demo site:\n${crawlSummary(task.result)}`);
  print(`
Open
  ${origin}/       the dashboard
  ${origin}/docs   the API
  ${demo}/       the demo site

Try
  curl -s -X POST '${origin}/api/v1/navigate?from_url=${encodeURIComponent(`${demo}/`)}&target_text=prices+of+printing'
  curl -s '${origin}/api/v1/tasks/${task.id}'
  curl -s '${origin}/api/v1/tasks/${task.id}/pages?limit=3'
  curl -s '${origin}/api/v1/tasks/${task.id}/ledger?state=failed'
  curl -s '${origin}/api/v1/page?url=${encodeURIComponent(`${demo}/`)}'
  curl -s -X POST '${origin}/api/v1/crawl?url=${encodeURIComponent('https://example.com/')}&depth=1'

Press Ctrl-C to stop.`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
