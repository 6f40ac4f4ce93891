import { readNumbersCursor } from '../../../core/number-cursor.ts';
import type { StoredPage } from '../../../model/page.ts';
import type { StoredSection } from '../../../model/section.ts';
import type {
  OutlinedPage,
  SiteStructure,
  StoredSite,
  StructureQuery,
  SubRoot,
} from '../../../model/site.ts';
import type { Run } from '../neo4j.ts';
import { LED_TO, PAGE_ROW, SECTION_ROW } from './page-rows.ts';

const MAX_SUB_ROOTS = 100;
const MAX_SECTIONS = 300;
/** Characters of an answer after which it takes no further pages. */
const MAX_CHARACTERS = 1_000_000;
/** What a section weighs beside its texts. */
const SECTION_CHARACTERS = 150;
/** Pages whose sections are asked for at once. */
const PAGES_AT_ONCE = 20;

/** The site with this root, else the largest one with this page. */
const SITE = `${LED_TO}
  MATCH (p)<-[:HAS_PAGE|HAD_PAGE]-(r:ROOT)
  WITH r, COUNT { (r)-[:HAS_PAGE]->() } AS pages
  ORDER BY r.url = $url DESC, pages DESC, r.n LIMIT 1
  OPTIONAL MATCH (root:PLACE {url: r.url})
  OPTIONAL MATCH (root)-[:ALIAS_OF]->(led)
  RETURN r.n AS n, r {.id, .url, .summary, host: r.domain, pages: pages,
    title: coalesce(led.title, root.title, r.domain)} AS site`;

const SUB_ROOTS = `
  MATCH (:ROOT {n: $site})-[:HAS_SUBROOT]->(sub)
  WITH sub, COUNT { (sub)-[:SERVES]->() } AS pages WHERE pages > 0
  MATCH (p:PLACE {n: sub.first})
  RETURN sub.host AS host, p.url AS url, p.title AS title, pages ORDER BY pages DESC, host LIMIT ${MAX_SUB_ROOTS}`;

/** In the order of an index: pages of the same depth as the last one, then deeper ones. */
const NEXT_PAGES = `
  CALL {
    MATCH ()-[has:HAS_PAGE]->(p) USING INDEX has:HAS_PAGE(site, depth, n)
      WHERE has.site = $site AND has.depth = $depth AND has.n > $after
    RETURN has, p ORDER BY has.n LIMIT $limit
    UNION ALL
    MATCH ()-[has:HAS_PAGE]->(p) USING INDEX has:HAS_PAGE(site, depth, n)
      WHERE has.site = $site AND has.depth > $depth AND has.n >= 0
    RETURN has, p ORDER BY has.depth, has.n LIMIT $limit
  }
  RETURN p.n AS n, has.depth AS depth, ${PAGE_ROW} AS page ORDER BY depth, n LIMIT $limit`;

const GONE_PAGES = `
  MATCH (:ROOT {n: $site})-[has:HAS_PAGE|HAD_PAGE]->(p)
    WHERE (has.depth > $depth OR has.depth = $depth AND has.n > $after)
      AND (p.goneSince IS NOT NULL OR EXISTS { (p)-[:HAD_SECTION]->() })
  RETURN p.n AS n, has.depth AS depth, ${PAGE_ROW} AS page ORDER BY depth, n LIMIT $limit`;

const SECTIONS = `
  UNWIND $pages AS n
  CALL {
    WITH n MATCH (p:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
    RETURN ${SECTION_ROW} AS section ORDER BY s.order LIMIT ${MAX_SECTIONS}
  }
  RETURN n, section`;

const LOST_SECTIONS = `
  UNWIND $pages AS n
  CALL {
    WITH n MATCH (p:PLACE {n: n})-[:HAD_SECTION]->(s)-[:SHOWED]->(b)
      WHERE p.goneSince IS NULL OR s.lastSeen = p.fetchedAt
    RETURN ${SECTION_ROW} AS section ORDER BY s.order, s.path LIMIT ${MAX_SECTIONS}
  }
  RETURN n, section`;

export interface FoundSite {
  readonly n: number;
  readonly site: StoredSite;
}

interface ListedPage {
  readonly n: number;
  readonly depth: number;
  readonly page: StoredPage;
}

export async function findSite(run: Run, url: string): Promise<FoundSite | null> {
  const [found] = await run<FoundSite>(SITE, { url });
  return found ?? null;
}

/** The outline of a site: its root, its other hosts, and its pages by depth with their sections. */
export async function readStructure(
  run: Run,
  url: string,
  query: StructureQuery,
): Promise<SiteStructure | null> {
  const [depth = -1, after = -1] = readNumbersCursor(query.cursor, 2);
  const found = await findSite(run, url);
  if (found === null) return null;
  const { n: site } = found;
  const subRoots = await run<SubRoot>(SUB_ROOTS, { site });
  const rows = await run<ListedPage>(query.gone ? GONE_PAGES : NEXT_PAGES, {
    site,
    depth,
    after,
    limit: query.limit + 1,
  });
  const pages = await outlined(run, rows.slice(0, query.limit), query);
  const last = rows[pages.length - 1];
  const isEnd = pages.length === rows.length || last === undefined;
  return { site: found.site, subRoots, pages, next: isEnd ? null : `${last.depth}.${last.n}` };
}

/** Takes pages until the answer is large; at least one. */
async function outlined(
  run: Run,
  rows: readonly ListedPage[],
  query: StructureQuery,
): Promise<OutlinedPage[]> {
  const pages: OutlinedPage[] = [];
  let characters = 0;
  for (let first = 0; first < rows.length; first += PAGES_AT_ONCE) {
    const part = rows.slice(first, first + PAGES_AT_ONCE);
    const sections = await sectionsOf(
      run,
      part.map(({ n }) => n),
      query,
    );
    for (const { n, depth, page } of part) {
      const sectionRows = sections.get(n) ?? [];
      characters += charactersOf(sectionRows);
      if (characters > MAX_CHARACTERS && pages.length > 0) return pages;
      pages.push({ ...page, depth, sectionRows });
    }
  }
  return pages;
}

async function sectionsOf(
  run: Run,
  pages: readonly number[],
  { gone, preview }: StructureQuery,
): Promise<ReadonlyMap<number, readonly StoredSection[]>> {
  const rows = await run<{ n: number; section: StoredSection }>(gone ? LOST_SECTIONS : SECTIONS, {
    pages,
    preview,
  });
  const byPage = Map.groupBy(rows, ({ n }) => n);
  return new Map([...byPage].map(([n, own]) => [n, own.map(({ section }) => section)]));
}

function charactersOf(sections: readonly StoredSection[]): number {
  return sections.reduce(
    (sum, { text, summary }) => sum + text.length + (summary?.length ?? 0) + SECTION_CHARACTERS,
    0,
  );
}
