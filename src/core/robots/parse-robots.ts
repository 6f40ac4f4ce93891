/** One `Allow` or `Disallow` line, its path as written. */
export interface RobotsLine {
  readonly allow: boolean;
  readonly path: string;
}

/** User agents and the rules below them (RFC 9309 §2.1). */
export interface RobotsGroup {
  /** Product tokens, lower-case; `*` for everyone else. */
  readonly agents: readonly string[];
  readonly lines: readonly RobotsLine[];
  /** `Crawl-delay` in milliseconds, at most `MAX_CRAWL_DELAY_MS`; null if there is none. */
  readonly crawlDelayMs: number | null;
}

/** A parsed robots.txt, for all user agents. */
export interface RobotsFile {
  readonly groups: readonly RobotsGroup[];
  /** Values of the `Sitemap` lines, as written; they belong to no group. */
  readonly sitemaps: readonly string[];
}

/** The product token of a user agent, lower-case: `waymark` of `Waymark/1.0 (+https://…)` (RFC 9309 §2.2.1). */
export function productToken(userAgent: string): string {
  return (userAgent.trim().split(/[\s/]/, 1)[0] ?? '').toLowerCase();
}

function productTokens(value: string): readonly string[] {
  return value
    .split(',')
    .map(productToken)
    .filter((token) => token !== '');
}

/** Bytes of a robots.txt that are parsed; the caller drops the rest (RFC 9309 §2.5). */
export const MAX_ROBOTS_BYTES = 500 * 1024;

/** `Sitemap` lines that are kept. */
export const MAX_ROBOTS_SITEMAPS = 1_000;

const LINE_END = /\r\n|\r|\n/;

/**
 * Parses a robots.txt (RFC 9309 §2.2). Takes any text and skips lines that are no records, so an HTML page is a file
 * without rules. Records that the RFC does not define (`Sitemap`, `Crawl-delay`, unknown ones) never
 * end a group's list of user agents (§2.2.4).
 */
export function parseRobots(text: string): RobotsFile {
  const builder = new RobotsBuilder();
  for (const line of text.split(LINE_END)) {
    const record = recordOf(line);
    if (record !== null) builder.take(record.name, record.value);
  }
  return builder.finish();
}

interface OpenGroup {
  readonly agents: string[];
  readonly lines: RobotsLine[];
  crawlDelayMs: number | null;
  /** The group has a rule, also an empty one: the next `User-agent` starts another group. */
  closed: boolean;
}

class RobotsBuilder {
  readonly #groups: OpenGroup[] = [];
  readonly #sitemaps: string[] = [];

  take(name: string, value: string): void {
    if (name === 'user-agent') this.#agents(productTokens(value));
    else if (name === 'allow' || name === 'disallow') this.#rule({ allow: name === 'allow', path: value });
    else if (name === 'crawl-delay') this.#crawlDelay(value);
    else if (name === 'sitemap') this.#sitemap(value);
  }

  finish(): RobotsFile {
    const groups: readonly RobotsGroup[] = this.#groups.map(({ agents, lines, crawlDelayMs }) => ({
      agents,
      lines,
      crawlDelayMs,
    }));
    return { groups, sitemaps: this.#sitemaps };
  }

  /** A line names one agent (§2.2.1). Many files name several, separated by commas: their rules are for each of them. */
  #agents(tokens: readonly string[]): void {
    let group = this.#groups.at(-1);
    if (group === undefined || group.closed) {
      group = { agents: [], lines: [], crawlDelayMs: null, closed: false };
      this.#groups.push(group);
    }
    for (const token of tokens) group.agents.push(token);
  }

  #rule(line: RobotsLine): void {
    const group = this.#groups.at(-1);
    if (group === undefined) return;
    group.closed = true;
    if (line.path.startsWith('/') || line.path.startsWith('*')) group.lines.push(line);
  }

  #crawlDelay(value: string): void {
    const group = this.#groups.at(-1);
    if (group !== undefined) group.crawlDelayMs = longerDelay(group.crawlDelayMs, parseCrawlDelay(value));
  }

  #sitemap(value: string): void {
    if (value !== '' && this.#sitemaps.length < MAX_ROBOTS_SITEMAPS) this.#sitemaps.push(value);
  }
}

/** `trim` removes a byte order mark too. */
function recordOf(line: string): { readonly name: string; readonly value: string } | null {
  const comment = line.indexOf('#');
  const text = comment < 0 ? line : line.slice(0, comment);
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  return { name: text.slice(0, colon).trim().toLowerCase(), value: text.slice(colon + 1).trim() };
}

/** Upper bound of a site's delay, so that one line cannot stall a crawl. */
export const MAX_CRAWL_DELAY_MS = 60_000;

const SECONDS = /^(?:\d+(?:\.\d*)?|\.\d+)$/;

/** Milliseconds of a `Crawl-delay` value (seconds, also fractions of them); null if it is malformed. */
export function parseCrawlDelay(value: string): number | null {
  return SECONDS.test(value) ? Math.min(Number(value) * 1000, MAX_CRAWL_DELAY_MS) : null;
}

/** The longer of two delays; null means none. */
export function longerDelay(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
