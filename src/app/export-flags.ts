import { parseArgs } from 'node:util';
import { EXPORT_FORMATS, type ExportFormat } from '../core/export/export-site.ts';
import { canonicalUrl } from '../core/url/canonical-url.ts';
import { SETTING_FLAGS, settingsOf, UsageError } from './flags.ts';

export interface ExportCall {
  /** As it was given. */
  readonly site: string;
  readonly format: ExportFormat;
  /** A file or a folder; null: stdout. */
  readonly output: string | null;
  /** Settings given as flags, by the names of their environment variables. */
  readonly settings: Readonly<Record<string, string>>;
}

const FLAGS = {
  site: { type: 'string' },
  format: { type: 'string' },
  output: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const EXPORT_HELP = `Take a site out of the map.

  npm run -s export -- --site URL --format FORMAT [--output PATH]

  --site URL       the root of the site, or any page of it
  --format FORMAT  jsonl (nodes and edges), graphml (Gephi, yEd), sitemap, markdown; see docs/export.md
  --output PATH    a file (default: stdout); for a sitemap of more than 50,000 pages a folder: PATH/

It reads what has been crawled so far, also while the site is being crawled.
Settings as flags: ${SETTING_FLAGS.map((flag) => `--${flag}`).join(' ')}
Exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
`;

/** Reads the flags of the export command; null when help was asked for. Throws a `UsageError`. */
export function readExportCall(args: readonly string[]): ExportCall | null {
  const values = parse(args);
  if (values['help'] === true) return null;
  const { site, format, output = null } = values;
  if (typeof site !== 'string') throw new UsageError('Give the site to export: --site URL.');
  if (canonicalUrl(site) === null) throw new UsageError(`"${site}" is not an http or https URL.`);
  if (output === '') throw new UsageError('--output takes the path of a file or a folder.');
  return {
    site,
    format: formatOf(format),
    output: typeof output === 'string' ? output : null,
    settings: settingsOf(values),
  };
}

function parse(args: readonly string[]): Readonly<Record<string, unknown>> {
  const settings = Object.fromEntries(SETTING_FLAGS.map((flag) => [flag, { type: 'string' as const }]));
  try {
    return parseArgs({ args: [...args], options: { ...settings, ...FLAGS } }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function formatOf(given: unknown): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === given);
  if (format !== undefined) return format;
  const what = given === undefined ? '' : `, not "${given}"`;
  throw new UsageError(`--format takes ${EXPORT_FORMATS.join(', ')}${what}.`);
}
