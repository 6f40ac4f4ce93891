export type LogFields = Readonly<Record<string, unknown>>;

/** Structured log. Callers log names of settings, never their values: those may be secrets. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
