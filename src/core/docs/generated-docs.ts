import { ERRORS } from '../errors.ts';
import { URL_REASONS } from '../ledger/url-reasons.ts';
import type { Setting } from '../setting.ts';
import { SETTINGS } from '../settings.ts';

/** Returns the text of `docs/errors.md`. */
export function errorsPage(): string {
  return `<!-- Written by src/app/write-docs.ts from src/core/errors.ts and src/core/ledger/url-reasons.ts. Change those tables and run the script again. -->

# Errors

The API returns errors as problem details (RFC 9457, \`application/problem+json\`) with a stable \`code\`. The command line prints the code
before the message. Match the code, not the message.

${markdownTable(['code', 'status', 'retry', 'what it means', 'what to do'], errorRows())}

# Reasons

The ledger of a crawl gives a reason for every URL that is not in the map. A reason never stops the crawl.

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

/** Returns the text of `docs/settings.md`. */
export function settingsPage(): string {
  const settings = Object.values<Setting<unknown>>(SETTINGS);
  return `<!-- Written by src/app/write-docs.ts from src/core/settings.ts. Change that table and run the script again. -->

# Settings

Every setting is an environment variable. Some have a command line flag too; the flag takes precedence. An empty value counts as not set.
A wrong value stops the program at startup with \`bad-setting\`; the message names every wrong setting.

${markdownTable(['variable', 'flag', 'default', 'what it does'], settings.map(row))}

## Accepted values

${markdownTable(
  ['variable', 'accepts', 'unit'],
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

/** A table in Markdown. Escapes `|` in the cells and replaces line breaks with spaces. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(content: string): string {
  return content.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
