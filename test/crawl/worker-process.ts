/** Run with settings as environment: works on tasks until SIGTERM. Prints `ready` once it does. */
import { Service } from '../../src/app/service.ts';
import { parseSettings } from '../../src/core/settings.ts';
import { createLogger } from '../../src/drivers/system/logger.ts';

const service = await Service.open({
  settings: parseSettings(process.env),
  log: createLogger('silent'),
  alsoAllowed: [],
  path: process.env['PATH'] ?? '',
});
service.work({ queues: ['crawling'], concurrency: 1 });
process.once('SIGTERM', () => void service.close());
process.stdout.write('ready\n');
