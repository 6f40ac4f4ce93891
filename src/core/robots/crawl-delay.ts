/** Longest delay that a site can ask for; a longer one counts as this, so that one line cannot stall a crawl. */
export const MAX_CRAWL_DELAY_MS = 60_000;

const SECONDS = /^(?:\d+(?:\.\d*)?|\.\d+)$/;

/** Milliseconds of a `Crawl-delay` value, which is in seconds, also in fractions; null if it is no such number. */
export function parseCrawlDelay(value: string): number | null {
  return SECONDS.test(value) ? Math.min(Number(value) * 1000, MAX_CRAWL_DELAY_MS) : null;
}

/** The longer of two delays, where null means that none was asked for. */
export function longerDelay(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
