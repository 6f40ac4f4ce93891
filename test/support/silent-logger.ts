import type { Logger } from '../../src/ports/logger.ts';

/** A logger for tests that ignore the log. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
