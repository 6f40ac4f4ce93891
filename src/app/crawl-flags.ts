import { parseArgs } from 'node:util';
import { crawlOptionsFor } from '../core/crawl/crawl-options.ts';
import type { Settings } from '../core/settings.ts';
import { patternProblem } from '../core/url/url-pattern.ts';
import type { CrawlOptions, ListCoverage, RenderMode } from '../model/crawl-options.ts';
import { SETTING_FLAGS, settingsOf, UsageError } from './flags.ts';

export interface CrawlCall {
  /** As the command was called. */
  readonly args: readonly string[];
  readonly url: string;
  readonly json: boolean;
  readonly resume: boolean;
  /** Settings given as flags, by the names of their environment variables. */
  readonly settings: Readonly<Record<string, string>>;
  readonly options: (settings: Settings) => CrawlOptions;
}

const FLAGS = {
  depth: { type: 'string' },
  'max-pages': { type: 'string' },
  render: { type: 'string' },
  include: { type: 'string', multiple: true },
  exclude: { type: 'string', multiple: true },
  subdomains: { type: 'boolean' },
  'hash-routes': { type: 'boolean' },
  'no-robots': { type: 'boolean' },
  'no-sitemap': { type: 'boolean' },
  summarize: { type: 'boolean' },
  boards: { type: 'string' },
  media: { type: 'boolean' },
  'max-seconds': { type: 'string' },
  'host-concurrency': { type: 'string' },
  'host-delay-ms': { type: 'string' },
  json: { type: 'boolean' },
  resume: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const CRAWL_HELP = `Crawl a site once and exit.

  npm run -s crawl -- URL [flags]

  --depth N             clicks from the URL at most (default: no limit)
  --max-pages N         pages at most (default: MAX_PAGES)
  --render MODE         browser, http or auto (default: auto)
  --include PATTERN     only URLs that match; * is any text; may be repeated
  --exclude PATTERN     no URLs that match; may be repeated
  --subdomains          sub-domains of the site belong to it
  --hash-routes         #/… fragments are pages of their own
  --no-robots           do not read robots.txt (your own sites only)
  --no-sitemap          do not read sitemaps
  --summarize           summarise sections, pages and the site
  --boards CHOICE       of lists in many pages: sample (a few stand for all) or all
                        (default: sample)
  --media               load pictures, fonts and media too
  --max-seconds N       end after so many seconds
  --host-concurrency N  pages open at once on one host
  --host-delay-ms N     time between two visits to one host
  --json                print the result as one JSON object
  --resume              go on with the last unfinished crawl of this URL

Settings as flags: ${SETTING_FLAGS.map((flag) => `--${flag}`).join(' ')}
Exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
`;

/** Reads the flags of the crawl command; null when help was asked for. Throws a `UsageError`. */
export function readCrawlCall(args: readonly string[]): CrawlCall | null {
  const { values, positionals } = parse(args);
  if (values['help'] === true) return null;
  const [url, ...more] = positionals;
  if (url === undefined || more.length > 0) throw new UsageError('Give exactly one URL to crawl.');
  return {
    args,
    url: webUrl(url),
    json: values['json'] === true,
    resume: values['resume'] === true,
    settings: settingsOf(values),
    options: (settings) => crawlOptions(webUrl(url), values, settings),
  };
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function parse(args: readonly string[]): {
  readonly values: Values;
  readonly positionals: readonly string[];
} {
  const settings = Object.fromEntries(SETTING_FLAGS.map((flag) => [flag, { type: 'string' as const }]));
  try {
    return parseArgs({ args: [...args], options: { ...settings, ...FLAGS }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function crawlOptions(url: string, values: Values, settings: Settings): CrawlOptions {
  return crawlOptionsFor(url, settings, {
    depth: wholeNumber(values, 'depth', 0) ?? null,
    maxPages: wholeNumber(values, 'max-pages', 1) ?? settings.maxPages,
    render: renderMode(values['render']),
    include: patterns(values, 'include'),
    exclude: patterns(values, 'exclude'),
    subdomains: values['subdomains'] === true,
    hashRoutes: values['hash-routes'] === true,
    robots: values['no-robots'] !== true,
    sitemap: values['no-sitemap'] !== true,
    summarize: values['summarize'] === true,
    paginatedLists: listCoverage(values['boards']),
    media: values['media'] === true,
    maxSeconds: wholeNumber(values, 'max-seconds', 1) ?? settings.maxTaskSeconds,
    hostConcurrency: wholeNumber(values, 'host-concurrency', 1) ?? settings.hostConcurrency,
    hostDelayMs: wholeNumber(values, 'host-delay-ms', 0) ?? settings.hostDelayMs,
  });
}

function webUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null)
    throw new UsageError(`"${text}" is not a URL; write it with its scheme, like https://example.com/.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`${url.protocol} URLs cannot be crawled; use http: or https:.`);
  }
  return url.href;
}

function wholeNumber(values: Values, flag: string, least: number): number | null {
  const text = values[flag];
  if (text === undefined) return null;
  const number = Number(text);
  if (typeof text === 'string' && /^\d{1,12}$/.test(text) && number >= least) return number;
  throw new UsageError(`--${flag} takes a whole number from ${least}, not "${text}".`);
}

function renderMode(value: Values[string]): RenderMode {
  if (value === undefined) return 'auto';
  if (value === 'auto' || value === 'browser' || value === 'http') return value;
  throw new UsageError(`--render takes browser, http or auto, not "${value}".`);
}

function listCoverage(value: Values[string]): ListCoverage {
  if (value === undefined) return 'sample';
  if (value === 'sample' || value === 'all') return value;
  throw new UsageError(`--boards takes sample or all, not "${value}".`);
}

function patterns(values: Values, flag: string): readonly string[] {
  const given = values[flag];
  const list = (Array.isArray(given) ? given : []).map(String);
  for (const pattern of list) {
    const problem = patternProblem(pattern);
    if (problem !== null) throw new UsageError(`--${flag} "${pattern}": ${problem}`);
  }
  return list;
}
