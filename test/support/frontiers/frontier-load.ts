import type { Claim, Discovery } from '../../../src/model/frontier-url.ts';
import type { Frontier, FrontierStore } from '../../../src/ports/frontier.ts';

/** URLs that one page brings. */
const FOUND_ON_A_PAGE = 500;
/** Pages that the writer settles at once. */
const SETTLED_AT_ONCE = 32;
/** Links of a settled page; they are known already. */
const LINKS = 20;
const LEASE_MS = 600_000;

export function openCrawl(store: FrontierStore): Promise<Frontier> {
  return store.open('bench', { maxPages: null, maxUrls: 10_000_000, maxDepth: null });
}

/** Adds URLs as pages of a site bring them; answers the seconds it took. */
export async function fill(crawl: Frontier, size: number): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < size; from += FOUND_ON_A_PAGE) {
    const length = Math.min(FOUND_ON_A_PAGE, size - from);
    await crawl.add(Array.from({ length }, (_, i) => discovery(from + i)));
  }
  return (performance.now() - start) / 1000;
}

export async function claimOne(crawl: Frontier): Promise<Claim> {
  const answer = await crawl.claim({ owner: 'bench', leaseMs: LEASE_MS, exceptHosts: [], most: 1 });
  if (answer.kind !== 'pages') throw new Error(`there should be a page, not ${answer.kind}`);
  return answer.claims[0];
}

/** Claims a page and settles it; answers the milliseconds of the claim. */
export async function visit(crawl: Frontier): Promise<number> {
  const start = performance.now();
  const claim = await claimOne(crawl);
  const ms = performance.now() - start;
  await crawl.complete([{ kind: 'done', claim, finalUrl: claim.url, finalHost: claim.host, links: [] }]);
  return ms;
}

/** Settles pages as the writer does, in batches, each with links that are known; answers pages per second. */
export async function settle(crawl: Frontier, pages: number): Promise<number> {
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

/** One of a site's pages, five hundred of which are found on each page. */
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
