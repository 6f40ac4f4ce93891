import type { Logger } from '../../src/ports/logger.ts';

/** For tests that are not about what is logged. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
