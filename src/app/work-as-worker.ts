import type { Settings } from '../core/settings.ts';
import { systemClock } from '../drivers/system/clock.ts';
import { createLogger } from '../drivers/system/logger.ts';
import { environment } from './environment.ts';
import { Service } from './service.ts';
import { drain, ExitCode, interrupted } from './shutdown.ts';
import type { WorkerCall } from './worker-flags.ts';
import { WorkerLifetime } from './worker-lifetime.ts';

/** Works on tasks until a signal arrives, the supervisor exits, or a limit is reached, and returns the exit code. */
export async function workAsWorker({ queues }: WorkerCall, settings: Settings): Promise<number> {
  const interrupt = interrupted();
  const log = createLogger(settings.logLevel);
  const service = await Service.open({
    settings,
    log,
    alsoAllowed: [],
    path: environment['PATH'] ?? '',
  });
  const { workerMaxTasks: tasks, workerMaxMemoryMb: memoryMb, taskConcurrency: concurrency } = settings;
  const lifetime = new WorkerLifetime({ tasks, memoryMb }, systemClock, process.memoryUsage.rss);
  const giveWayMs = settings.taskGiveWaySeconds * 1000;
  service.work({ queues, concurrency, giveWayMs }, () => lifetime.taskEnded());
  process.stderr.write(
    `worker ready: process ${process.pid}, queues ${queues.join(' and ')}, ${concurrency} tasks at once\n`,
  );
  const end = await Promise.race([
    Promise.race([interrupt.promise, orphaned()]).then((why) => ({ why, code: ExitCode.done })),
    lifetime.over.then((why) => ({ why, code: ExitCode.recycled })),
  ]);
  lifetime.stop();
  log.info('The worker stops and releases its tasks', { why: end.why });
  await drain(() => service.close(), settings.drainSeconds, log);
  return end.code;
}

/** Resolves when the supervisor of this process exits; never without a supervisor. */
function orphaned(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  process.once('disconnect', () => resolve('the supervisor exited'));
  process.channel?.unref();
  return promise;
}
