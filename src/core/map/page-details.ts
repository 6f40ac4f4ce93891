import type { ListQuery } from '../../model/list-query.ts';
import type { PageDetail, PageDetailList, PageList } from '../../model/page.ts';
import type { StoredSection } from '../../model/section.ts';
import type { MapCounts } from '../../model/site.ts';
import type { Key, MapReader, PageReader, PageRow, SectionQuery } from '../../ports/map-reader.ts';
import { readCursor } from '../number-cursor.ts';
import { nextCursor, readWithin } from './read-within.ts';

/** Longer texts are not stored, nor more sections of a page. */
export const WHOLE = 2_147_483_647;
/** Pages that are read whole at once. */
const PAGES_AT_ONCE = 10;
/** Characters and links of a list of whole pages past which it takes no further page. */
const MAX_WEIGHT = 2_000_000;
/** What a link weighs. */
const LINK_WEIGHT = 100;

/** Pages, sections, links and all nodes of a crawl's part of the map: root, sub-roots, pages and sections. */
export async function mapCounts({ crawls }: MapReader, crawlId: string): Promise<MapCounts> {
  const [row] = await crawls.counts(crawlId);
  const { subRoots, ...counts } = row ?? { pages: 0, sections: 0, links: 0, subRoots: 0 };
  return { ...counts, nodes: counts.pages === 0 ? 0 : 1 + subRoots + counts.pages + counts.sections };
}

/** The pages of a crawl, in the order of their first storage. */
export async function crawlPages(
  { crawls }: MapReader,
  crawlId: string,
  { cursor, limit }: ListQuery,
): Promise<PageList> {
  const rows = await crawls.pages({ crawlId, after: readCursor(cursor, 0), limit });
  const last = rows.at(-1);
  return {
    pages: rows.map(({ page }) => page),
    next: rows.length === limit && last !== undefined ? String(last.at) : null,
  };
}

/** The same with everything on them; fewer than `limit` if they are large. */
export async function crawlPageDetails(
  reader: MapReader,
  crawlId: string,
  { cursor, limit }: ListQuery,
): Promise<PageDetailList> {
  const rows = await reader.crawls.pages({ crawlId, after: readCursor(cursor, 0), limit: limit + 1 });
  const pages = await wholePages(reader, rows.slice(0, limit), true);
  return { pages, next: nextCursor(rows, pages.length, ({ at }) => at) };
}

/** The page that a URL leads to, with everything on it; null without one. */
export async function pageDetail(reader: MapReader, url: string): Promise<PageDetail | null> {
  const rows = await reader.pages.at([url]);
  const [page] = await detailsOf(reader, rows);
  return page ?? null;
}

/** Where the pages under these URLs lead to, each URL once. */
export async function linkedFrom({ pages }: MapReader, urls: readonly string[]): Promise<readonly string[]> {
  const rows = await pages.at(urls);
  const linkRows = await pages.links([...new Set(keysOf(rows))]);
  return [...new Set(linkRows.flatMap(({ links }) => links.map(({ url }) => url)))];
}

/** The first of these pages, with everything on them, that together are not too large; at least one. */
export function wholePages(
  reader: MapReader,
  rows: readonly PageRow[],
  wholeBatches = false,
): Promise<PageDetail[]> {
  return readWithin(rows, {
    batch: PAGES_AT_ONCE,
    read: (part) => detailsOf(reader, part),
    weightOf: ({ sectionRows, linkRows }) =>
      sectionRows.reduce((sum, { text }) => sum + text.length, linkRows.length * LINK_WEIGHT),
    maxWeight: MAX_WEIGHT,
    wholeBatches,
  });
}

async function detailsOf({ pages }: MapReader, rows: readonly PageRow[]): Promise<PageDetail[]> {
  const [removed, present] = [rows.filter(isRemoved), rows.filter((row) => !isRemoved(row))];
  const whole = { characters: WHOLE, limit: WHOLE };
  const sections = await sectionsOf(pages, { pages: keysOf(present), past: false, ...whole });
  const past = await sectionsOf(pages, { pages: keysOf(removed), past: true, ...whole });
  const links = present.length === 0 ? [] : await pages.links(keysOf(present));
  const linksOf = Map.groupBy(links, ({ page }) => page);
  return rows.map((row) => ({
    ...row.page,
    sectionRows: shownOf(row, (isRemoved(row) ? past : sections).get(row.key)),
    linkRows: (linksOf.get(row.key) ?? []).flatMap((part) => part.links),
  }));
}

/** Sections by their page. */
export async function sectionsOf(
  pages: PageReader,
  query: SectionQuery,
): Promise<ReadonlyMap<Key, readonly StoredSection[]>> {
  const rows = query.pages.length === 0 ? [] : await pages.sections(query);
  return new Map(rows.map(({ page, sections }) => [page, sections]));
}

/** A removed page has the sections that it had when it was last seen; it may have lost others before. */
export function shownOf({ page }: PageRow, sections: readonly StoredSection[] = []) {
  if (page.removedSince === null) return sections;
  return sections.filter(({ lastSeen }) => lastSeen === page.fetchedAt);
}

export function keysOf(rows: readonly PageRow[]): number[] {
  return rows.map(({ key }) => key);
}

function isRemoved({ page }: PageRow): boolean {
  return page.removedSince !== null;
}
