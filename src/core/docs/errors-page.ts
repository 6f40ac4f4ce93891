import { ERRORS } from '../errors.ts';
import { URL_REASONS } from '../url-reasons.ts';
import { markdownTable } from './markdown-table.ts';

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
