import type { StoredLink } from '../../../model/link.ts';
import type { PageDetail, StoredPage } from '../../../model/page.ts';
import type { StoredSection } from '../../../model/section.ts';
import type { Run } from '../neo4j.ts';
import { LED_TO, PAGE_ROW, SECTION_ROW } from './page-rows.ts';

/** Longer texts are not stored. */
const WHOLE = 2_147_483_647;

const FIND = `${LED_TO} WHERE p:PAGE RETURN p.n AS n`;

const PAGES = `UNWIND $pages AS n MATCH (p:PLACE {n: n}) RETURN n, ${PAGE_ROW} AS page`;

const SECTIONS = `
  UNWIND $pages AS n MATCH (p:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
  RETURN n, ${SECTION_ROW} AS section, b.ownLinks AS ownLinks ORDER BY n, s.order
  UNION ALL
  UNWIND $pages AS n MATCH (p:PLACE {n: n})-[:HAD_SECTION]->(s)-[:SHOWED]->(b)
    WHERE p.goneSince IS NOT NULL AND s.lastSeen = p.fetchedAt
  RETURN n, ${SECTION_ROW} AS section, [] AS ownLinks ORDER BY n, s.order`;

const LINKS = `
  UNWIND $pages AS n MATCH (p:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->()-[l:LINKS]->(u)
  OPTIONAL MATCH (u)-[:ALIAS_OF]->(led)
  RETURN n, l.order AS order, {url: coalesce(led.url, u.url), fragment: coalesce(l.fragment, ''), text: l.text, role: coalesce(l.role, 'link'),
    section: s.order} AS link`;

interface PlacedLink {
  readonly order: number;
  readonly link: StoredLink;
}

/** The page that a URL leads to, with everything on it. */
export async function readPage(run: Run, url: string): Promise<PageDetail | null> {
  const [found] = await run<{ n: number }>(FIND, { url });
  if (found === undefined) return null;
  const [page] = await readPages(run, [found.n]);
  return page ?? null;
}

/** Pages by number, in this order. */
export async function readPages(run: Run, pages: readonly number[]): Promise<PageDetail[]> {
  const rows = await run<{ n: number; page: StoredPage }>(PAGES, { pages });
  const sections = await run<{ n: number; section: StoredSection; ownLinks: readonly string[] }>(SECTIONS, {
    pages,
    preview: WHOLE,
  });
  const links = await run<PlacedLink & { n: number }>(LINKS, { pages });
  const sectionsOf = Map.groupBy(sections, ({ n }) => n);
  const linksOf = Map.groupBy(links, ({ n }) => n);
  return rows.map(({ n, page }) => {
    const own = sectionsOf.get(n) ?? [];
    const placed = [...(linksOf.get(n) ?? []), ...own.flatMap((row) => ownLinks(page.url, row))];
    placed.sort((a, b) => a.link.section - b.link.section || a.order - b.order);
    return {
      ...page,
      sectionRows: own.map(({ section }) => section),
      linkRows: placed.map(({ link }) => link),
    };
  });
}

function ownLinks(
  url: string,
  { section, ownLinks: links }: { section: StoredSection; ownLinks: readonly string[] },
): PlacedLink[] {
  return links.map((link) => {
    const [order, fragment, text, role] = JSON.parse(link) as [number, string, string, string];
    return { order, link: { url, fragment, text, role, section: section.order } };
  });
}
