/** One `Allow` or `Disallow` line, its path as written. */
export interface RobotsLine {
  readonly allow: boolean;
  readonly path: string;
}

/** Lines that belong to the user agents named above them (RFC 9309 §2.1). */
export interface RobotsGroup {
  /** Product tokens, lower-case; `*` for everyone else. */
  readonly agents: readonly string[];
  readonly lines: readonly RobotsLine[];
  /** `Crawl-delay` in milliseconds, at most `MAX_CRAWL_DELAY_MS`; null if there is none. */
  readonly crawlDelayMs: number | null;
}

/** A robots.txt, read but not yet bound to a user agent. */
export interface RobotsFile {
  readonly groups: readonly RobotsGroup[];
  /** Values of the `Sitemap` lines, as written; they belong to no group. */
  readonly sitemaps: readonly string[];
}

/** The product token of a user agent, lower-case: `waymark` of `Waymark/1.0 (+https://…)` (RFC 9309 §2.2.1). */
export function productToken(userAgent: string): string {
  return (userAgent.trim().split(/[\s/]/, 1)[0] ?? '').toLowerCase();
}
