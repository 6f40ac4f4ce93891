export type LogFields = Readonly<Record<string, unknown>>;

/** Structured log. Secrets never go in: callers log names of settings, not their values. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
