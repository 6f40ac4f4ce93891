import type { StoredLink } from '../../../model/link.ts';
import type { Key, PageReader, SitePageList } from '../../../ports/map-reader.ts';
import type { Run } from '../neo4j.ts';

/** A page `p` as a row. */
export const PAGE_ROW = `p {.url, .title, .description, .language, .depth, .status, .via, .contentHash, .firstSeen,
  .fetchedAt, removedSince: p.goneSince, .sections, .links, .summary}`;
const HEAD_FIELDS = '.id, .order, .path, .type, .heading, .anchor, .label';
export const SECTION_HEAD = `s {${HEAD_FIELDS}}`;

/** From `urls` to the places `p` that they lead to. */
export const LED_TO = `
  UNWIND $urls AS url MATCH (named:PLACE {url: url})
  OPTIONAL MATCH (named)-[:ALIAS_OF]->(led)
  WITH url, coalesce(led, named) AS p`;

const SITES = `${LED_TO}
  MATCH (p)<-[:HAS_PAGE|HAD_PAGE]-(r:ROOT)
  OPTIONAL MATCH (root:PLACE {url: r.url})
  OPTIONAL MATCH (root)-[:ALIAS_OF]->(led)
  RETURN r {key: r.n, .id, .url, .summary, pages: COUNT { (r)-[:HAS_PAGE]->() },
    title: coalesce(led.title, root.title)} AS row`;

const AT = `${LED_TO} WHERE p:PAGE RETURN p.n AS key, ${PAGE_ROW} AS page`;

const SITE_PAGES: Readonly<Record<SitePageList, string>> = {
  /** In the order of an index: pages of the same depth as the last one, then deeper ones. */
  byDepth: `
    CALL {
      MATCH ()-[has:HAS_PAGE]->(p) USING INDEX has:HAS_PAGE(site, depth, n)
        WHERE has.site = $site AND has.depth = $depth AND has.n > $key
      RETURN has, p ORDER BY has.n LIMIT $limit
      UNION ALL
      MATCH ()-[has:HAS_PAGE]->(p) USING INDEX has:HAS_PAGE(site, depth, n)
        WHERE has.site = $site AND has.depth > $depth AND has.n >= 0
      RETURN has, p ORDER BY has.depth, has.n LIMIT $limit
    }
    RETURN p.n AS key, has.depth AS depth, ${PAGE_ROW} AS page ORDER BY depth, key LIMIT $limit`,
  byKey: `
    MATCH (:ROOT {n: $site})-[has:HAS_PAGE]->(p) WHERE has.n > $key
    RETURN p.n AS key, has.depth AS depth, ${PAGE_ROW} AS page ORDER BY key LIMIT $limit`,
  lossyByDepth: `
    MATCH (:ROOT {n: $site})-[has:HAS_PAGE|HAD_PAGE]->(p)
      WHERE (has.depth > $depth OR has.depth = $depth AND has.n > $key)
        AND (p.goneSince IS NOT NULL OR EXISTS { (p)-[:HAD_SECTION]->() })
    RETURN p.n AS key, has.depth AS depth, ${PAGE_ROW} AS page ORDER BY depth, key LIMIT $limit`,
};

const SUB_ROOTS = `
  MATCH (:ROOT {n: $site})-[:HAS_SUBROOT]->(sub)
  WITH sub, COUNT { (sub)-[:SERVES]->() } AS pages WHERE pages > 0
  MATCH (p:PLACE {n: sub.first})
  RETURN sub.host AS host, p.url AS url, p.title AS title, pages ORDER BY pages DESC, host LIMIT $limit`;

const sectionsBy = (has: string, shows: string) => `
  UNWIND $pages AS n MATCH (p:PLACE {n: n})
  RETURN n AS page, COLLECT {
    MATCH (p)-[:${has}]->(s)-[:${shows}]->(b)
    RETURN s {${HEAD_FIELDS}, .firstSeen, lastSeen: coalesce(s.lastSeen, p.fetchedAt),
      text: left(b.text, $characters), summary: b.summary} ORDER BY s.order, s.path LIMIT $limit
  } AS sections`;
const SECTIONS = sectionsBy('HAS_SECTION', 'SHOWS');
const PAST_SECTIONS = sectionsBy('HAD_SECTION', 'SHOWED');

/** A block keeps links to the page that shows it apart, as JSON: order, fragment, text, role. */
const LINKS = `
  UNWIND $pages AS n MATCH (p:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
  RETURN n AS page, p.url AS url, s.order AS section, b.ownLinks AS ownLinks, COLLECT {
    MATCH (b)-[l:LINKS]->(u) OPTIONAL MATCH (u)-[:ALIAS_OF]->(led)
    RETURN [l.order, coalesce(l.fragment, ''), l.text, coalesce(l.role, 'link'), coalesce(led.url, u.url)]
  } AS links ORDER BY page, section`;

const TARGETS = `
  MATCH (p:PLACE {n: $page})
  UNWIND [p.n] + COLLECT { MATCH (p)<-[:ALIAS_OF]-(alias) RETURN alias.n } AS key RETURN key ORDER BY key`;

/** Links by block first, so that what one block shows on a million pages is not gathered before it is needed. */
const IN_LINKS = `
  MATCH (:PLACE {n: $target})<-[l:LINKS]-(b)
    WHERE b.n > $block OR b.n = $block AND l.order >= $link
  WITH l, b ORDER BY b.n, l.order
  CALL {
    WITH l, b
    MATCH (b)<-[:SHOWS]-(s)<-[:HAS_SECTION]-(from)
      WHERE from.n <> $page AND (b.n <> $block OR l.order <> $link OR from.n > $from
        OR from.n = $from AND s.order > $section)
    RETURN from, s ORDER BY from.n, s.order LIMIT $limit
  }
  RETURN [$target, b.n, l.order, from.n, s.order] AS position, {page: from {.url, .title}, section: ${SECTION_HEAD},
    text: l.text, role: coalesce(l.role, 'link'), fragment: coalesce(l.fragment, '')} AS link
  LIMIT $limit`;

type LinkColumns = readonly [order: number, fragment: string, text: string, role: string, url?: string];

interface LinkedSection {
  readonly page: Key;
  readonly url: string;
  readonly section: number;
  readonly ownLinks: readonly string[];
  readonly links: readonly LinkColumns[];
}

/** Reads sites, pages, sections and links. */
export function neo4jPageReader(run: Run): PageReader {
  return {
    sites: (url) => run(SITES, { urls: [url] }),
    at: (urls) => run(AT, { urls }),
    list: (query) => run(SITE_PAGES[query.list], query),
    subRoots: (query) => run(SUB_ROOTS, query),
    sections: (query) => run(query.past ? PAST_SECTIONS : SECTIONS, query),
    async links(pages) {
      const rows = await run<LinkedSection>(LINKS, { pages });
      return rows.map((row) => ({ page: row.page, links: sectionLinks(row) }));
    },
    targets: (page) => run(TARGETS, { page }),
    inLinks: (query) => run(IN_LINKS, query),
  };
}

function sectionLinks({ url: own, section, ownLinks, links }: LinkedSection): readonly StoredLink[] {
  return [...links, ...ownLinks.map((link) => JSON.parse(link) as LinkColumns)]
    .sort(([a], [b]) => a - b)
    .map(([, fragment, text, role, url = own]) => ({ url, fragment, text, role, section }));
}
