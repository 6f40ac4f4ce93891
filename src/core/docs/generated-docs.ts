import { ERRORS } from '../errors.ts';
import { URL_REASONS } from '../ledger/url-reasons.ts';
import type { Setting } from '../setting.ts';
import { SETTINGS } from '../setting-table.ts';

/** The text of `docs/errors.md`. */
export function errorsPage(): string {
  return `<!-- Written by src/app/write-docs.ts from src/core/errors.ts and src/core/url-reasons.ts; change those tables and run the script again. -->

# Errors

The API answers errors as problem details (RFC 9457, \`application/problem+json\`) with a stable \`code\`; the command line prints the code
before its message. Match the code, not the words.

${markdownTable(['code', 'status', 'try again', 'what it means', 'what to do'], errorRows())}

# Reasons

A page that is not in the map has a reason in the ledger of its crawl. It never stops the crawl.

${markdownTable(['reason', 'state', 'what it means'], reasonRows())}
`;
}

function errorRows(): string[][] {
  return Object.entries(ERRORS).map(([code, { status, retryable, title, help }]) => [
    `\`${code}\``,
    String(status),
    retryable ? 'yes' : 'no',
    title,
    help,
  ]);
}

function reasonRows(): string[][] {
  return Object.entries(URL_REASONS).map(([reason, { state, title }]) => [`\`${reason}\``, state, title]);
}

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

/** A table in Markdown; `|` and line breaks in the cells are made harmless. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(content: string): string {
  return content.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
