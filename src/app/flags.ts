import { parseArgs } from 'node:util';
import { WaymarkError } from '../core/errors.ts';
import { SETTINGS } from '../core/settings.ts';

/** The command was called wrongly; the message says how to call it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The flags that stand for settings, without their dashes. */
export const SETTING_FLAGS: readonly string[] = Object.values(SETTINGS).flatMap(({ flag }) =>
  flag === null ? [] : [flag.slice(2)],
);

/** Of parsed flags, those that are settings, by the names of their environment variables. */
export function settingsOf(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const given = Object.values(SETTINGS).flatMap(({ flag, env }) => {
    const value = flag === null ? undefined : values[flag.slice(2)];
    return typeof value === 'string' ? [[env, value] as const] : [];
  });
  return Object.fromEntries(given);
}

/** Reads flags that are all settings. Throws `bad-setting`. */
export function readSettingFlags(args: readonly string[]): Readonly<Record<string, string>> {
  const options = Object.fromEntries(SETTING_FLAGS.map((flag) => [flag, { type: 'string' as const }]));
  try {
    return settingsOf(parseArgs({ args: [...args], options }).values);
  } catch (error) {
    throw new WaymarkError('bad-setting', error instanceof Error ? error.message : String(error));
  }
}
