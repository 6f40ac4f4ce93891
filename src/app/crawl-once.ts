import { crawlResultView } from '../api/tasks/task-view.ts';
import { WaymarkError } from '../core/errors.ts';
import { createLogger } from '../drivers/system/logger.ts';
import type { CrawlOptions } from '../model/crawl-options.ts';
import type { TaskRecord } from '../model/task.ts';
import type { TaskQueue } from '../ports/task-queue.ts';
import type { CrawlCall } from './crawl-flags.ts';
import { crawlSummary } from './crawl-summary.ts';
import { environment, readSettings } from './environment.ts';
import { ProgressView, taskEnd } from './follow-task.ts';
import { Service } from './service.ts';
import { ExitCode, interrupted } from './shutdown.ts';

/** A one-off crawl keeps its tasks in the embedded store, even if REDIS_URL is set. */
const EMBEDDED = { REDIS_URL: '', SERVE_WORKERS: '' };

/** A task that this process has not claimed by then belongs to another process. */
const CLAIM_TIMEOUT_MS = 5000;

/** Crawls a site once, or resumes an unfinished crawl, prints the result and returns the exit code. */
export async function crawlOnce(call: CrawlCall): Promise<number> {
  const settings = readSettings({
    ...EMBEDDED,
    LOG_LEVEL: environment['LOG_LEVEL'] ?? 'error',
    ...call.settings,
  });
  const options = call.options(settings);
  const { host } = new URL(call.url);
  const service = await Service.open({
    settings,
    log: createLogger(settings.logLevel),
    alsoAllowed: [host],
    path: environment['PATH'] ?? '',
  });
  const interrupt = interrupted();
  try {
    const task = await submit(service, call, options);
    return await follow(service, task, call, interrupt.promise);
  } finally {
    interrupt.ignore();
    await service.close();
  }
}

async function submit(service: Service, call: CrawlCall, options: CrawlOptions): Promise<TaskRecord> {
  if (!call.resume) return service.tasks.submit({ kind: 'crawl', queue: 'command', options });
  const task = await service.tasks.findUnfinished('command', call.url);
  if (task === null) {
    throw new WaymarkError(
      'task-not-found',
      `There is no unfinished crawl of ${call.url}. Run the command without --resume.`,
    );
  }
  return (await service.tasks.resume(task.id)) ?? task;
}

async function follow(
  service: Service,
  task: TaskRecord,
  call: CrawlCall,
  interrupt: Promise<unknown>,
): Promise<number> {
  const stop = new AbortController();
  const watch = setTimeout(() => void abortIfElsewhere(service, task.id, stop), CLAIM_TIMEOUT_MS);
  void interrupt.then(() => stop.abort('interrupted'));
  const view = new ProgressView(process.stderr, () => service.tasks.get(task.id));
  const worker = service.work({ queues: ['command'], concurrency: 1, only: task.id });
  try {
    await taskEnd(service.tasks, service.events, task.id, stop.signal);
    await worker.close();
  } finally {
    clearTimeout(watch);
    view.close();
  }
  if (stop.signal.aborted && stop.signal.reason !== 'interrupted') throw stop.signal.reason;
  return report((await service.tasks.get(task.id)) ?? task, call);
}

/** Aborts if another process works on the task, or if the store cannot be read. Never rejects. */
export async function abortIfElsewhere(
  service: { readonly tasks: Pick<TaskQueue, 'get'>; readonly running: number },
  id: string,
  stop: AbortController,
): Promise<void> {
  try {
    const task = await service.tasks.get(id);
    if (task?.status !== 'in_progress' || service.running > 0) return;
    stop.abort(
      new WaymarkError(
        'storage-in-use',
        'Another process is working on this crawl. Wait until it ends, or stop it.',
      ),
    );
  } catch (error) {
    stop.abort(error);
  }
}

function report(task: TaskRecord, call: CrawlCall): number {
  const { json, url } = call;
  const { status, result, error } = task;
  if (json) process.stdout.write(`${JSON.stringify(jsonResult(task))}\n`);
  if (status === 'completed' && result !== null) {
    if (!json) process.stdout.write(`${url}\n${crawlSummary(result)}\n`);
    return ExitCode.done;
  }
  if (status === 'failed') {
    process.stderr.write(`The crawl failed: ${error?.code}: ${error?.message}\n`);
    return ExitCode.failed;
  }
  process.stderr.write(`Interrupted. All crawled pages are saved. Resume with:\n  ${resumeCommand(call)}\n`);
  return ExitCode.interrupted;
}

/** Returns the same command with `--resume`. */
function resumeCommand({ args }: CrawlCall): string {
  const kept = args.filter((arg) => arg !== '--resume').map(quoted);
  return ['npm run -s crawl --', ...kept, '--resume'].join(' ');
}

/** Quotes an argument for a POSIX shell. */
function quoted(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;
}

function jsonResult({ id, status, spec, counts, result, error }: TaskRecord): object {
  return {
    task_id: id,
    status: status === 'pending' || status === 'in_progress' ? 'interrupted' : status,
    url: spec.options.url,
    pages_crawled: counts.done,
    pages_failed: counts.failed,
    pages_skipped: counts.skipped,
    total_nodes: 0,
    execution_time: 0,
    ...(result === null ? {} : crawlResultView(result)),
    counts,
    error,
  };
}
