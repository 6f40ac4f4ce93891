import type { CrawlHead, PageChange } from '../../model/history.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import { WaymarkError } from '../errors.ts';
import { isBoilerplate } from '../summaries/summary-source.ts';
import { diffSections, type SectionChange } from './diff-sections.ts';

/** The crawls that are compared. */
export interface CrawlPair {
  readonly from: CrawlHead;
  readonly to: CrawlHead;
}

export interface PageDiff {
  readonly change: 'added' | 'removed' | 'changed';
  readonly url: string;
  readonly title: string;
  /** Epoch ms; null unless the page is known to be gone now. */
  readonly removedSince: number | null;
  /** Only menus, footers and the like have changed. */
  readonly onlyAround: boolean;
  /** Of a page that both crawls stored. */
  readonly sections: readonly SectionChange[];
}

/** Crawls of a site, newest first, that are looked through for finished ones. */
const LOOKED_THROUGH = 100;

/**
 * Two crawls of one site by their ids.
 *
 * @throws {WaymarkError} `crawl-not-found`, `crawl-unfinished`, `different-sites`
 */
export async function crawlPair(graph: GraphStore, from: string, to: string): Promise<CrawlPair> {
  const pair = { from: await finishedCrawl(graph, from), to: await finishedCrawl(graph, to) };
  if (pair.from.site === pair.to.site) return pair;
  throw new WaymarkError(
    'different-sites',
    `One is a crawl of ${pair.from.site}, the other of ${pair.to.site}.`,
  );
}

/**
 * The last two finished crawls of a site.
 *
 * @param site URL of its root.
 * @throws {WaymarkError} `crawl-not-found` if it has not been crawled twice.
 */
export async function lastPair(graph: GraphStore, site: string): Promise<CrawlPair> {
  const { crawls } = await graph.crawls(site, { cursor: null, limit: LOOKED_THROUGH });
  const [to, from] = crawls.filter(({ finishedAt }) => finishedAt !== null);
  if (from !== undefined && to !== undefined) return { from, to };
  throw new WaymarkError('crawl-not-found', `There are not two finished crawls of ${site} to compare.`);
}

async function finishedCrawl(graph: GraphStore, id: string): Promise<CrawlHead> {
  const crawl = await graph.crawl(id);
  if (crawl === null)
    throw new WaymarkError('crawl-not-found', `The map knows no crawl with the id ${id.slice(0, 100)}.`);
  if (crawl.finishedAt === null)
    throw new WaymarkError('crawl-unfinished', `The crawl ${id} has not been finished.`);
  return crawl;
}

/** What became of a page between two crawls. */
export function pageDiff({ url, before, after, removedSince }: PageChange): PageDiff {
  const title = after?.title ?? before?.title ?? '';
  if (before === null) return { change: 'added', url, title, removedSince, onlyAround: false, sections: [] };
  if (after === null) return { change: 'removed', url, title, removedSince, onlyAround: false, sections: [] };
  const sections = diffSections(before.sections, after.sections);
  const isAround = before.title === title && sections.every(({ section }) => isBoilerplate(section.path));
  return {
    change: 'changed',
    url,
    title,
    removedSince,
    onlyAround: isAround && sections.length > 0,
    sections,
  };
}
