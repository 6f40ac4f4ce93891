import { createLogger } from '../../drivers/system/logger.ts';
import { drain } from '../drain.ts';
import { environment, readSettings } from '../environment.ts';
import { ExitCode } from '../exit-code.ts';
import { interrupted } from '../interrupt.ts';
import { ServedService } from '../served-service.ts';
import { readSettingFlags } from '../setting-flags.ts';

/** `serve`: the service alone, until it is interrupted. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const settings = readSettings(readSettingFlags(args));
  const log = createLogger(settings.logLevel);
  const served = await ServedService.start(settings, log, environment['PATH'] ?? '', []);
  log.info('listening', { url: served.listening.origin });
  await interrupted().promise;
  log.info('stopping; running tasks go on at the next start');
  await drain(() => served.close(), settings.drainSeconds, log);
  return ExitCode.done;
}
