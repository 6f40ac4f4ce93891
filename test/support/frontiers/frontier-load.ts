import type { Claim, Discovery } from '../../../src/model/frontier-url.ts';
import type { Frontier, FrontierStore } from '../../../src/ports/frontier.ts';

/** New URLs per page. */
const FOUND_ON_A_PAGE = 500;
/** Pages that the writer completes per batch. */
const SETTLED_AT_ONCE = 32;
/** Links of a completed page, all to seen URLs. */
const LINKS = 20;
const LEASE_MS = 600_000;

export function openCrawl(store: FrontierStore): Promise<Frontier> {
  return store.open('bench', { maxPages: null, maxUrls: 10_000_000, maxDepth: null });
}

/** Adds URLs in batches, like the pages of a site. Returns the elapsed seconds. */
export async function fill(crawl: Frontier, size: number): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < size; from += FOUND_ON_A_PAGE) {
    const length = Math.min(FOUND_ON_A_PAGE, size - from);
    await crawl.add(Array.from({ length }, (_, i) => discovery(from + i)));
  }
  return (performance.now() - start) / 1000;
}

export async function claimOne(crawl: Frontier): Promise<Claim> {
  const result = await crawl.claim({ owner: 'bench', leaseMs: LEASE_MS, exceptHosts: [], limit: 1 });
  if (result.kind !== 'pages') throw new Error(`there should be a page, not ${result.kind}`);
  return result.claims[0];
}

/** Claims and completes a page. Returns the milliseconds of the claim. */
export async function visit(crawl: Frontier): Promise<number> {
  const start = performance.now();
  const claim = await claimOne(crawl);
  const ms = performance.now() - start;
  await crawl.complete([{ kind: 'done', claim, finalUrl: claim.url, finalHost: claim.host, links: [] }]);
  return ms;
}

/** Completes pages in batches, like the writer, each with links to seen URLs. Returns pages per second. */
export async function completePages(crawl: Frontier, pages: number): Promise<number> {
  let ms = 0;
  for (let done = 0; done < pages; done += SETTLED_AT_ONCE) {
    const claims: Claim[] = [];
    while (claims.length < SETTLED_AT_ONCE) claims.push(await claimOne(crawl));
    const outcomes = claims.map((claim, page) => ({
      kind: 'done' as const,
      claim,
      finalUrl: claim.url,
      finalHost: claim.host,
      links: Array.from({ length: LINKS }, (_, link) => discovery(page * LINKS + link)),
    }));
    const start = performance.now();
    await crawl.complete(outcomes);
    ms += performance.now() - start;
  }
  return pages / (ms / 1000);
}

/** A page of a site in which each page links to five hundred others. */
function discovery(n: number): Discovery {
  return {
    url: urlOf(n),
    host: 'docs.example.org',
    depth: Math.floor(Math.log10(n + 1)) + 1,
    by: 'link',
    foundOn: n === 0 ? null : urlOf(Math.floor(n / FOUND_ON_A_PAGE)),
  };
}

/** 65 characters. */
export function urlOf(n: number): string {
  const number = String(n).padStart(8, '0');
  return `https://docs.example.org/library/chapter-${number.slice(0, 5)}/page-${number}.html`;
}
