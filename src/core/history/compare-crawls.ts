import type { CrawlHead, PageChange, SectionVersion } from '../../model/history.ts';
import type { SiteHistory } from '../../ports/site-history.ts';
import { WaymarkError } from '../errors.ts';
import { isBoilerplate } from '../summaries/summary-source.ts';

/** The crawls that are compared. */
export interface CrawlPair {
  readonly from: CrawlHead;
  readonly to: CrawlHead;
}

export interface PageDiff {
  readonly change: 'added' | 'removed' | 'changed';
  readonly url: string;
  readonly title: string;
  /** Epoch ms; null unless the page is removed now. */
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
export async function crawlPair(
  graph: Pick<SiteHistory, 'crawl'>,
  from: string,
  to: string,
): Promise<CrawlPair> {
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
export async function lastPair(graph: Pick<SiteHistory, 'crawls'>, site: string): Promise<CrawlPair> {
  const { crawls } = await graph.crawls(site, { cursor: null, limit: LOOKED_THROUGH });
  const [to, from] = crawls.filter(({ finishedAt }) => finishedAt !== null);
  if (from !== undefined && to !== undefined) return { from, to };
  throw new WaymarkError('crawl-not-found', `There are not two finished crawls of ${site} to compare.`);
}

async function finishedCrawl(graph: Pick<SiteHistory, 'crawl'>, id: string): Promise<CrawlHead> {
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

export interface SectionChange {
  readonly change: 'added' | 'removed' | 'changed';
  /** As it is after the change; as it was if it was removed. */
  readonly section: SectionVersion;
}

/**
 * What became of a page's sections. Equal content is the same section, wherever it stands now; of the rest, sections of
 * one type and heading are the same, then those at one path. In the order of the page, what was removed last.
 */
export function diffSections(
  before: readonly SectionVersion[],
  after: readonly SectionVersion[],
): readonly SectionChange[] {
  const left = new Pairing(before, after);
  left.pair(({ content, path }) => `${content} ${path}`);
  left.pair(({ content }) => content);
  const changed = [
    ...left.pair(({ type, heading }) => (heading === null ? null : `${type} ${heading}`)),
    ...left.pair(({ path }) => path),
  ];
  const changes = new Map<SectionVersion, SectionChange['change']>();
  for (const section of changed) changes.set(section, 'changed');
  for (const section of left.after) changes.set(section, 'added');
  const here = after.flatMap((section): SectionChange[] => {
    const change = changes.get(section);
    return change === undefined ? [] : [{ change, section }];
  });
  return [...here, ...[...left.before].map((section) => ({ change: 'removed' as const, section }))];
}

/** Sections that have not found their counterpart yet. */
class Pairing {
  readonly before: Set<SectionVersion>;
  readonly after: Set<SectionVersion>;

  constructor(before: readonly SectionVersion[], after: readonly SectionVersion[]) {
    this.before = new Set(before);
    this.after = new Set(after);
  }

  /** Pairs sections with equal keys in their order; returns those of the later page. */
  pair(keyOf: (section: SectionVersion) => string | null): readonly SectionVersion[] {
    const waiting = new Map<string, SectionVersion[]>();
    for (const section of this.before) {
      const key = keyOf(section);
      if (key === null) continue;
      const others = waiting.get(key);
      if (others === undefined) waiting.set(key, [section]);
      else others.push(section);
    }
    for (const others of waiting.values()) others.reverse();
    const paired: SectionVersion[] = [];
    for (const section of [...this.after]) {
      const earlier = waiting.get(keyOf(section) ?? '')?.pop();
      if (earlier === undefined) continue;
      this.before.delete(earlier);
      this.after.delete(section);
      paired.push(section);
    }
    return paired;
  }
}
