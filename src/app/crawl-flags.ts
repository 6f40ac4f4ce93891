import { crawlOptionsFor } from '../core/crawl/crawl-options.ts';
import type { Settings } from '../core/settings.ts';
import { patternProblem } from '../core/url/url-pattern.ts';
import type { CrawlOptions, ListCoverage, RenderMode } from '../model/crawl-options.ts';
import { type FlagValue, parseFlags, SETTING_FLAGS, settingsOf, UsageError } from './flags.ts';

export interface CrawlCall {
  /** The arguments of the command. */
  readonly args: readonly string[];
  readonly url: string;
  readonly json: boolean;
  readonly resume: boolean;
  /** Settings given as flags, by environment variable. */
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

  --depth N             maximum clicks from the URL (default: no limit)
  --max-pages N         maximum pages (default: MAX_PAGES)
  --render MODE         browser, http or auto (default: auto)
  --include PATTERN     visit only URLs that match; * matches any text; repeatable
  --exclude PATTERN     skip URLs that match; repeatable
  --subdomains          include the subdomains of the site
  --hash-routes         treat #/… fragments as separate pages
  --no-robots           ignore robots.txt (your own sites only)
  --no-sitemap          ignore sitemaps
  --summarize           summarise sections, pages and the site
  --boards CHOICE       pages of paginated lists to visit: sample or all (default: sample)
  --media               load images, fonts and media too
  --max-seconds N       maximum run time in seconds
  --host-concurrency N  maximum pages open at once on one host
  --host-delay-ms N     minimum delay between two visits to one host
  --json                print the result as one JSON object
  --resume              resume the last unfinished crawl of this URL

Settings as flags: ${SETTING_FLAGS.map((flag) => `--${flag}`).join(' ')}
Exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
`;

/** Parses the flags of the crawl command; null for `--help`. @throws {UsageError} */
export function readCrawlCall(args: readonly string[]): CrawlCall | null {
  const { values, positionals } = parseFlags(args, FLAGS, true);
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

type Values = Readonly<Record<string, FlagValue>>;

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
  if (url === null) throw new UsageError(`"${text}" is not a URL. Include the scheme: https://example.com/.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`${url.protocol} URLs cannot be crawled. Give an http: or https: URL.`);
  }
  return url.href;
}

function wholeNumber(values: Values, flag: string, min: number): number | null {
  const text = values[flag];
  if (text === undefined) return null;
  const number = Number(text);
  if (typeof text === 'string' && /^\d{1,12}$/.test(text) && number >= min) return number;
  throw new UsageError(`--${flag} takes a whole number from ${min}, not "${text}".`);
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
