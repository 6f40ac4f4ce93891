import { pino } from 'pino';
import type { Logger } from '../../ports/logger.ts';

/** JSON lines on standard error, so that standard output stays free for results. */
export function createLogger(level: string): Logger {
  const log = pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
  return {
    debug: (message, fields) => log.debug(fields ?? {}, message),
    info: (message, fields) => log.info(fields ?? {}, message),
    warn: (message, fields) => log.warn(fields ?? {}, message),
    error: (message, fields) => log.error(fields ?? {}, message),
  };
}
