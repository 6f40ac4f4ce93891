import { EXPORT_FORMATS, type ExportFormat } from '../core/export/export-site.ts';
import { canonicalUrl } from '../core/url/canonical-url.ts';
import { parseFlags, SETTING_FLAGS, settingsOf, UsageError } from './flags.ts';

export interface ExportCall {
  /** A URL of the site, as given. */
  readonly site: string;
  readonly format: ExportFormat;
  /** A file or a folder; null for stdout. */
  readonly output: string | null;
  /** Settings given as flags, by environment variable. */
  readonly settings: Readonly<Record<string, string>>;
}

const FLAGS = {
  site: { type: 'string' },
  format: { type: 'string' },
  output: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const EXPORT_HELP = `Export a site from the map.

  npm run -s export -- --site URL --format FORMAT [--output PATH]

  --site URL       the root of the site, or any page of it
  --format FORMAT  jsonl (nodes and edges), graphml (Gephi, yEd), sitemap, markdown; see docs/export.md
  --output PATH    a file (default: stdout); a folder PATH/ for a sitemap of more than 50,000 pages

The export contains what has been crawled so far. It can run during a crawl.
Settings as flags: ${SETTING_FLAGS.map((flag) => `--${flag}`).join(' ')}
Exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
`;

/** Parses the flags of the export command; null for `--help`. @throws {UsageError} */
export function readExportCall(args: readonly string[]): ExportCall | null {
  const { values } = parseFlags(args, FLAGS);
  if (values['help'] === true) return null;
  const { site, format, output = null } = values;
  if (typeof site !== 'string') throw new UsageError('Give the site to export: --site URL.');
  if (canonicalUrl(site) === null)
    throw new UsageError(`"${site}" is not an http or https URL. Include the scheme: https://example.com/.`);
  if (output === '') throw new UsageError('--output takes the path of a file or a folder.');
  return {
    site,
    format: formatOf(format),
    output: typeof output === 'string' ? output : null,
    settings: settingsOf(values),
  };
}

function formatOf(given: unknown): ExportFormat {
  const format = EXPORT_FORMATS.find((name) => name === given);
  if (format !== undefined) return format;
  const rejected = given === undefined ? '' : `, not "${given}"`;
  throw new UsageError(`--format takes ${EXPORT_FORMATS.join(', ')}${rejected}.`);
}
