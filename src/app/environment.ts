import { parseSettings, type Settings } from '../core/settings.ts';

/** The process's environment, read here and nowhere else. */
export const environment: Readonly<Record<string, string | undefined>> = Object.freeze({ ...process.env });

/** Settings from the environment, with flags laid over them. Throws `bad-setting`. */
export function readSettings(flags: Readonly<Record<string, string>> = {}): Settings {
  return parseSettings({ ...environment, ...flags });
}
