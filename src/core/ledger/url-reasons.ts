import type { UrlReason } from '../../model/reason.ts';

interface ReasonEntry {
  /** The final state that URLs with this reason are in. */
  readonly state: 'skipped' | 'failed';
  /** What happened, in one line. */
  readonly title: string;
}

/** Every reason of the ledger in words. `docs/errors.md` is tested against it. */
export const URL_REASONS = {
  'out-of-scope': { state: 'skipped', title: 'Another host than the one the crawl started at' },
  'too-deep': { state: 'skipped', title: 'More clicks from the start than `depth`' },
  excluded: { state: 'skipped', title: 'Kept out by the patterns in `include` or `exclude`' },
  robots: { state: 'skipped', title: 'The site’s robots.txt asks crawlers to stay away' },
  'url-too-long': { state: 'skipped', title: 'The URL is longer than 2,048 characters' },
  'limit-pages': { state: 'skipped', title: 'The crawl had as many pages as `max_pages` allows' },
  'limit-time': { state: 'skipped', title: 'The crawl ran as long as `max_seconds` allows' },
  'no-progress': { state: 'skipped', title: 'The crawl was ended because no page was settled for too long' },
  repeats: { state: 'skipped', title: 'The board goes on without end: page after page lists the same' },
  'sampled-out': {
    state: 'skipped',
    title: 'One of many pages of a board, of which a few stand for all (`boards: all` visits every one)',
  },
  cancelled: { state: 'skipped', title: 'The crawl was cancelled before the visit' },
  redirect: { state: 'skipped', title: 'Leads to another page, which is in the map under its own URL' },
  'redirect-out-of-scope': { state: 'skipped', title: 'Leads to a page outside the scope of the crawl' },
  duplicate: { state: 'skipped', title: 'Holds the same as a page that is in the map under another URL' },
  'not-html': { state: 'skipped', title: 'Not a web page: a picture, a PDF or another file' },
  dns: { state: 'failed', title: 'The host name could not be resolved' },
  'address-refused': { state: 'failed', title: 'The host has a private address that may not be visited' },
  connection: { state: 'failed', title: 'The connection was refused or broke off' },
  tls: { state: 'failed', title: 'No secure connection: the certificate or the protocol is not valid' },
  timeout: { state: 'failed', title: 'The page took longer than the time it has' },
  'http-status': { state: 'failed', title: 'The server answered with an error status' },
  blocked: { state: 'failed', title: 'The server asked for a captcha or denied access' },
  'redirect-loop': { state: 'failed', title: 'Redirects that lead in a circle, or too many of them' },
  'too-large': { state: 'failed', title: 'The page is larger than pages may be' },
  empty: { state: 'failed', title: 'The server sent an empty page' },
  download: { state: 'failed', title: 'The URL starts a download instead of showing a page' },
  crash: {
    state: 'failed',
    title: 'The browser tab crashed on this page, or was led elsewhere while it loaded',
  },
  'robots-unreachable': {
    state: 'failed',
    title: 'robots.txt could not be read, so nothing may be crawled (RFC 9309 §2.3.1.4)',
  },
  'parse-timeout': { state: 'failed', title: 'Reading the page took too long' },
  'parse-memory': { state: 'failed', title: 'Reading the page took too much memory' },
  'parse-error': { state: 'failed', title: 'The page could not be read' },
  internal: { state: 'failed', title: 'A fault of this program; the log says more' },
} as const satisfies Readonly<Record<UrlReason, ReasonEntry>>;

/** The codes, for schemas. */
export const REASON_CODES = Object.keys(URL_REASONS) as readonly UrlReason[];
