import { createLogger } from '../drivers/system/logger.ts';
import { environment, readSettings } from './environment.ts';
import { readSettingFlags } from './flags.ts';
import { ServedService } from './served-service.ts';
import { drain, ExitCode, interrupted } from './shutdown.ts';

/** `serve`: runs the service until a signal arrives. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const settings = readSettings(readSettingFlags(args));
  const log = createLogger(settings.logLevel);
  const served = await ServedService.start(settings, log, environment['PATH'] ?? '', []);
  log.info('listening', { url: served.listening.origin });
  await interrupted().promise;
  log.info('Stopping. Running tasks continue at the next start');
  await drain(() => served.close(), settings.drainSeconds, log);
  return ExitCode.done;
}
