import type { UrlReason } from '../../model/reason.ts';

interface ReasonEntry {
  /** Final state of URLs with this reason. */
  readonly state: 'skipped' | 'failed';
  /** What happened, in one line. */
  readonly title: string;
}

/** A description of every reason of the ledger. `docs/errors.md` is generated from it. */
export const URL_REASONS = {
  'out-of-scope': { state: 'skipped', title: 'Another host than the one the crawl started at' },
  'too-deep': { state: 'skipped', title: 'More clicks away from the start URL than `depth` allows' },
  excluded: { state: 'skipped', title: 'Excluded by the patterns in `include` or `exclude`' },
  robots: { state: 'skipped', title: 'The site’s robots.txt disallows the URL' },
  'url-too-long': { state: 'skipped', title: 'The URL is longer than 2,048 characters' },
  'limit-pages': { state: 'skipped', title: 'The crawl reached its limit of pages, `max_pages`' },
  'limit-time': { state: 'skipped', title: 'The crawl reached its time limit, `max_seconds`' },
  'no-progress': {
    state: 'skipped',
    title: 'The crawl was terminated because no page completed for too long',
  },
  repeats: { state: 'skipped', title: 'The paginated list has no end: page after page lists the same items' },
  'sampled-out': {
    state: 'skipped',
    title: 'A page of a paginated list that is not in the sample (`boards: all` visits every page)',
  },
  cancelled: { state: 'skipped', title: 'The crawl was cancelled before the visit' },
  redirect: { state: 'skipped', title: 'Redirects to another page, which is in the map under its own URL' },
  'redirect-out-of-scope': { state: 'skipped', title: 'Redirects to a page outside the scope of the crawl' },
  duplicate: { state: 'skipped', title: 'Has the same content as a page in the map under another URL' },
  'not-html': { state: 'skipped', title: 'Not a web page: a picture, a PDF or another file' },
  dns: { state: 'failed', title: 'The host name could not be resolved' },
  'address-refused': {
    state: 'failed',
    title: 'The host has a private address, which the crawl must not visit',
  },
  connection: { state: 'failed', title: 'The connection was refused or closed early' },
  tls: { state: 'failed', title: 'The TLS connection failed: the certificate or the protocol is not valid' },
  timeout: { state: 'failed', title: 'The page exceeded its time limit' },
  'http-status': { state: 'failed', title: 'The server returned an error status' },
  blocked: { state: 'failed', title: 'The server returned a challenge page or denied access' },
  'redirect-loop': { state: 'failed', title: 'The redirects form a loop or are too many' },
  'too-large': { state: 'failed', title: 'The page exceeds the size limit' },
  empty: { state: 'failed', title: 'The server returned an empty page' },
  download: { state: 'failed', title: 'The URL starts a download instead of showing a page' },
  crash: {
    state: 'failed',
    title: 'The browser tab crashed on this page, or navigated away while it loaded',
  },
  'robots-unreachable': {
    state: 'failed',
    title: 'robots.txt is unreachable, so nothing may be crawled (RFC 9309 §2.3.1.4)',
  },
  'parse-timeout': { state: 'failed', title: 'Parsing the page exceeded its time limit' },
  'parse-memory': { state: 'failed', title: 'Parsing the page exceeded its memory limit' },
  'parse-error': { state: 'failed', title: 'The page could not be parsed' },
  internal: { state: 'failed', title: 'An error in Waymark; see the log' },
} as const satisfies Readonly<Record<UrlReason, ReasonEntry>>;

/** The codes, for schemas. */
export const REASON_CODES = Object.keys(URL_REASONS) as readonly UrlReason[];
