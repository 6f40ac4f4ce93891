import type { ListQuery } from '../../model/list-query.ts';
import type { StoredSection } from '../../model/section.ts';
import type { OutlinedPage, SitePages, SiteStructure, StoredSite, StructureQuery } from '../../model/site.ts';
import type { SiteOverview } from '../../model/site-overview.ts';
import type { Key, MapReader, SitePageRow } from '../../ports/map-reader.ts';
import { readCursor, readNumbersCursor } from '../number-cursor.ts';
import { splitUrl } from '../url/canonical-url.ts';
import { keysOf, sectionsOf, shownOf, WHOLE, wholePages } from './page-details.ts';
import { nextCursor, readWithin } from './read-within.ts';

const MAX_SUB_ROOTS = 100;
/** Sections of a page that an outline shows. */
const MAX_SECTIONS = 300;
/** Characters of an outline past which it takes no further page. */
const MAX_CHARACTERS = 1_000_000;
/** What a section weighs beside its texts. */
const SECTION_CHARACTERS = 150;
/** Pages whose sections are read at once. */
const PAGES_AT_ONCE = 20;
/** Paginated lists, and groups, of one site that an overview shows. */
const MAX_LISTS = 100;

interface FoundSite extends StoredSite {
  readonly key: Key;
}

/** The outline of a site: its root, its other hosts, and its pages by depth with their sections. */
export async function siteStructure(
  reader: MapReader,
  url: string,
  query: StructureQuery,
): Promise<SiteStructure | null> {
  const [depth = -1, key = -1] = readNumbersCursor(query.cursor, 2);
  const found = await findSite(reader, url);
  if (found === null) return null;
  const { key: site, ...shown } = found;
  const subRoots = await reader.pages.subRoots({ site, host: shown.host, limit: MAX_SUB_ROOTS });
  const list = query.removed ? 'lossyByDepth' : 'byDepth';
  const rows = await reader.pages.list({ site, list, depth, key, limit: query.limit + 1 });
  const pages = await readWithin(rows.slice(0, query.limit), {
    batch: PAGES_AT_ONCE,
    read: (part) => outlined(reader, part, query),
    weightOf: charactersOf,
    maxWeight: MAX_CHARACTERS,
  });
  return {
    site: shown,
    subRoots,
    pages,
    next: nextCursor(rows, pages.length, (row) => `${row.depth}.${row.key}`),
  };
}

/** The present pages of a site with everything on them, in the order in which their URLs were first seen. */
export async function sitePages(
  reader: MapReader,
  url: string,
  { cursor, limit }: ListQuery,
): Promise<SitePages | null> {
  const key = readCursor(cursor, 0);
  const found = await findSite(reader, url);
  if (found === null) return null;
  const { key: site, ...shown } = found;
  const rows = await reader.pages.list({ site, list: 'byKey', depth: 0, key, limit: limit + 1 });
  const pages = await wholePages(reader, rows.slice(0, limit));
  return { site: shown, pages, next: nextCursor(rows, pages.length, (row) => row.key) };
}

/** Paginated lists and groups of a site. */
export async function siteOverview(
  reader: MapReader,
  url: string,
  listPages: number,
): Promise<SiteOverview | null> {
  const site = await findSite(reader, url);
  return site === null ? null : reader.lists.overview({ site: site.key, limit: MAX_LISTS, listPages });
}

/** The site with this root, else the largest one with this page. */
async function findSite({ pages }: MapReader, url: string): Promise<FoundSite | null> {
  const sites = await pages.sites(url);
  const [site] = sites.toSorted(
    (a, b) => Number(b.url === url) - Number(a.url === url) || b.pages - a.pages || a.key - b.key,
  );
  if (site === undefined) return null;
  const { host } = splitUrl(site.url);
  return { ...site, host, title: site.title ?? host };
}

async function outlined(
  { pages }: MapReader,
  rows: readonly SitePageRow[],
  { preview, removed = false }: StructureQuery,
): Promise<OutlinedPage[]> {
  const size = { characters: preview, limit: removed ? WHOLE : MAX_SECTIONS };
  const sections = await sectionsOf(pages, { pages: keysOf(rows), past: removed, ...size });
  return rows.map((row) => ({
    ...row.page,
    depth: row.depth,
    sectionRows: shownOf(row, sections.get(row.key)).slice(0, MAX_SECTIONS),
  }));
}

function charactersOf({ sectionRows }: OutlinedPage): number {
  const weight = ({ text, summary }: StoredSection) =>
    text.length + (summary?.length ?? 0) + SECTION_CHARACTERS;
  return sectionRows.reduce((sum, section) => sum + weight(section), 0);
}
