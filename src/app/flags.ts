import { type ParseArgsConfig, parseArgs } from 'node:util';
import { messageOf, WaymarkError } from '../core/errors.ts';
import { SETTINGS } from '../core/settings.ts';

/** The command line is wrong. The message says how to correct it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The flags of settings, without their dashes. */
export const SETTING_FLAGS: readonly string[] = Object.values(SETTINGS).flatMap(({ flag }) =>
  flag === null ? [] : [flag.slice(2)],
);

/** Returns the settings among parsed flags, by environment variable. */
export function settingsOf(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const given = Object.values(SETTINGS).flatMap(({ flag, env }) => {
    const value = flag === null ? undefined : values[flag.slice(2)];
    return typeof value === 'string' ? [[env, value] as const] : [];
  });
  return Object.fromEntries(given);
}

type FlagOptions = NonNullable<ParseArgsConfig['options']>;

/** Parses the flags of a command and the flags of settings. @throws {UsageError} */
export function parseFlags(args: readonly string[], flags: FlagOptions, allowPositionals = false) {
  const settings = Object.fromEntries(SETTING_FLAGS.map((flag) => [flag, { type: 'string' as const }]));
  const options = { ...settings, ...flags };
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      options,
      allowPositionals,
      tokens: true,
    });
    return { values: values as Readonly<Record<string, FlagValue>>, positionals, tokens };
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** The value of a parsed flag; undefined if it is missing. */
export type FlagValue = string | boolean | (string | boolean)[] | undefined;

/** Reads flags that are all settings. @throws {WaymarkError} `bad-setting`. */
export function readSettingFlags(args: readonly string[]): Readonly<Record<string, string>> {
  try {
    return settingsOf(parseFlags(args, {}).values);
  } catch (error) {
    throw error instanceof UsageError ? new WaymarkError('bad-setting', error.message) : error;
  }
}
