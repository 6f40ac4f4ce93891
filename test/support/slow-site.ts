import { type Reply, type Site, startSite } from './fixture-site.ts';

/** A site that serves each page after `delayMs`, so that a test can interrupt the crawl. */
export function slowSite(pages: number, delayMs: number): Promise<Site> {
  return startSite(subjectPages(pages, delayMs));
}

/** Pages in a binary tree, by their path. */
export function subjectPages(pages: number, delayMs: number): Readonly<Record<string, Reply>> {
  return Object.fromEntries(
    Array.from({ length: pages }, (_, n) => [
      subjectPath(n),
      {
        body: `<title>Subject ${n}</title><p>text ${n}</p>${linksOf([2 * n + 1, 2 * n + 2], pages)}`,
        delayMs,
      },
    ]),
  );
}

/** Path of page `n`; the first one is the front page. Must not look like a page of a paginated list. */
export function subjectPath(n: number): string {
  return n === 0 ? '/' : `/subject-${n}/notes`;
}

function linksOf(children: readonly number[], pages: number): string {
  return children
    .filter((child) => child < pages)
    .map((child) => `<a href="${subjectPath(child)}">Notes on subject ${child}</a>`)
    .join(' ');
}
