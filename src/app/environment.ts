import { parseSettings, type Settings } from '../core/settings.ts';

/** The environment of the process. No other file reads `process.env`. */
export const environment: Readonly<Record<string, string | undefined>> = Object.freeze({ ...process.env });

/** Parses the settings from the environment; flags take precedence. @throws {WaymarkError} `bad-setting`. */
export function readSettings(flags: Readonly<Record<string, string>> = {}): Settings {
  return parseSettings({ ...environment, ...flags });
}
