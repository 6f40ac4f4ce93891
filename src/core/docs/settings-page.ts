import type { Setting } from '../setting.ts';
import { SETTINGS } from '../setting-table.ts';
import { markdownTable } from './markdown-table.ts';

/** The text of `docs/settings.md`. */
export function settingsPage(): string {
  const settings = Object.values<Setting<unknown>>(SETTINGS);
  return `<!-- Written by src/app/write-docs.ts from src/core/setting-table.ts; change that table and run the script again. -->

# Settings

Every setting is an environment variable; those with a flag can be given on the command line too, and the flag wins. An empty value
counts as not set. A value that is not valid stops the program at once with \`bad-setting\` and names every setting that is wrong.

${markdownTable(['variable', 'flag', 'default', 'what it does'], settings.map(row))}

## What values they take

${markdownTable(
  ['variable', 'takes', 'unit'],
  settings.map((setting) => [code(setting.env), setting.takes, setting.unit ?? '']),
)}
`;
}

function row(setting: Setting<unknown>): readonly string[] {
  const { env, flag, help, secret } = setting;
  return [
    code(env),
    flag === null ? '' : code(flag),
    fallbackOf(setting),
    secret ? `${help} Never shown.` : help,
  ];
}

function fallbackOf({ fallback }: Setting<unknown>): string {
  const isNone = fallback === null || (Array.isArray(fallback) && fallback.length === 0);
  return isNone ? 'none' : code(String(fallback));
}

function code(text: string): string {
  return `\`${text}\``;
}
