import type { InLink, StoredLink } from '../../../model/link.ts';
import type { StoredPage } from '../../../model/page.ts';
import type { StoredSection } from '../../../model/section.ts';
import type { StoredSite, SubRoot } from '../../../model/site.ts';
import type {
  InLinkRow,
  Key,
  LinkPosition,
  LinkRow,
  PageReader,
  PageRow,
  PageSelection,
  SectionRow,
  SitePageRow,
  SiteRow,
} from '../../../ports/map-reader.ts';
import type { Run } from '../neo4j.ts';

/** A page `p` as a row. */
export const PAGE_ROW = `p {.url, .title, .description, .language, .depth, .status, .via, .contentHash, .firstSeen,
  .fetchedAt, removedSince: p.goneSince, .sections, .links, .summary}`;
const SECTION_HEAD = 's {.id, .order, .path, .type, .heading, .anchor, .label}';
/** A section `s` of a page `p` with its block `b`. */
const SECTION_ROW = `s {.id, .order, .path, .type, .heading, .anchor, .label, .firstSeen,
  lastSeen: coalesce(s.lastSeen, p.fetchedAt), text: left(b.text, $characters), summary: b.summary}`;

/** From URLs to the places `p` that they lead to. */
const LED_TO = `
  UNWIND $urls AS url MATCH (wanted:PLACE {url: url})
  OPTIONAL MATCH (wanted)-[:ALIAS_OF]->(led)
  WITH url, coalesce(led, wanted) AS p`;

const SITES = `${LED_TO}
  MATCH (p)<-[:HAS_PAGE|HAD_PAGE]-(r:ROOT)
  OPTIONAL MATCH (root:PLACE {url: r.url})
  OPTIONAL MATCH (root)-[:ALIAS_OF]->(led)
  RETURN r {key: r.n, .id, .url, .summary, host: r.domain, pages: COUNT { (r)-[:HAS_PAGE]->() },
    title: coalesce(led.title, root.title, r.domain)} AS site`;

const AT = `${LED_TO} WHERE p:PAGE RETURN url, p.n AS key, ${PAGE_ROW} AS page`;

/** In the order of an index: pages of the same depth as the last one, then deeper ones. */
const BY_DEPTH = `
  CALL {
    MATCH ()-[has:HAS_PAGE]->(p) USING INDEX has:HAS_PAGE(site, depth, n)
      WHERE has.site = $site AND has.depth = $depth AND has.n > $key
    RETURN has, p ORDER BY has.n LIMIT $limit
    UNION ALL
    MATCH ()-[has:HAS_PAGE]->(p) USING INDEX has:HAS_PAGE(site, depth, n)
      WHERE has.site = $site AND has.depth > $depth AND has.n >= 0
    RETURN has, p ORDER BY has.depth, has.n LIMIT $limit
  }
  RETURN p.n AS key, has.depth AS depth, ${PAGE_ROW} AS page ORDER BY depth, key LIMIT $limit`;

const LOSSY_BY_DEPTH = `
  MATCH (:ROOT {n: $site})-[has:HAS_PAGE|HAD_PAGE]->(p)
    WHERE (has.depth > $depth OR has.depth = $depth AND has.n > $key)
      AND (p.goneSince IS NOT NULL OR EXISTS { (p)-[:HAD_SECTION]->() })
  RETURN p.n AS key, has.depth AS depth, ${PAGE_ROW} AS page ORDER BY depth, key LIMIT $limit`;

const BY_KEY = `
  MATCH (:ROOT {n: $site})-[has:HAS_PAGE]->(p) WHERE has.n > $after
  RETURN p.n AS key, ${PAGE_ROW} AS page ORDER BY key LIMIT $limit`;

const SUB_ROOTS = `
  MATCH (:ROOT {n: $site})-[:HAS_SUBROOT]->(sub)
  WITH sub, COUNT { (sub)-[:SERVES]->() } AS pages WHERE pages > 0
  MATCH (p:PLACE {n: sub.first})
  RETURN sub.host AS host, p.url AS url, p.title AS title, pages ORDER BY pages DESC, host LIMIT $limit`;

const SECTIONS = `
  UNWIND $pages AS n
  CALL {
    WITH n MATCH (p:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
    RETURN ${SECTION_ROW} AS section ORDER BY s.order LIMIT $limit
  }
  RETURN n AS page, section`;

const PAST_SECTIONS = `
  UNWIND $pages AS n
  CALL {
    WITH n MATCH (p:PLACE {n: n})-[:HAD_SECTION]->(s)-[:SHOWED]->(b)
    RETURN ${SECTION_ROW} AS section ORDER BY s.order, s.path
  }
  RETURN n AS page, section`;

/** A block keeps links to the page that shows it apart, as JSON: order, fragment, text, role. */
const LINKS = `
  UNWIND $pages AS n MATCH (p:PLACE {n: n})-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
  RETURN n AS page, p.url AS url, s.order AS section, b.ownLinks AS ownLinks, COLLECT {
    MATCH (b)-[l:LINKS]->(u) OPTIONAL MATCH (u)-[:ALIAS_OF]->(led)
    RETURN [l.order, coalesce(l.fragment, ''), l.text, coalesce(l.role, 'link'), coalesce(led.url, u.url)]
  } AS links ORDER BY page, section`;

const TARGETS = `
  MATCH (p:PLACE {n: $page})
  RETURN p.n AS key UNION ALL
  MATCH (:PLACE {n: $page})<-[:ALIAS_OF]-(alias) RETURN alias.n AS key`;

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

type LinkColumns = readonly [order: number, fragment: string, text: string, role: string, url: string];

interface LinkedSection {
  readonly page: Key;
  readonly url: string;
  readonly section: number;
  readonly ownLinks: readonly string[];
  readonly links: readonly LinkColumns[];
}

/** Reads sites, pages, sections and links. */
export class Neo4jPageReader implements PageReader {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  async sites(url: string): Promise<readonly SiteRow[]> {
    const rows = await this.#run<{ site: StoredSite & { key: Key } }>(SITES, { urls: [url] });
    return rows.map(({ site }) => site);
  }

  async at(urls: readonly string[]): Promise<ReadonlyMap<string, PageRow>> {
    const rows = await this.#run<{ url: string; key: Key; page: StoredPage }>(AT, { urls });
    return new Map(rows.map(({ url, ...row }) => [url, row]));
  }

  byDepth(
    site: Key,
    after: { readonly depth: number; readonly key: Key },
    limit: number,
    selection: PageSelection,
  ): Promise<readonly SitePageRow[]> {
    return this.#run(selection === 'present' ? BY_DEPTH : LOSSY_BY_DEPTH, { site, ...after, limit });
  }

  byKey(site: Key, after: Key, limit: number): Promise<readonly PageRow[]> {
    return this.#run(BY_KEY, { site, after, limit });
  }

  subRoots(site: Key, limit: number): Promise<readonly SubRoot[]> {
    return this.#run(SUB_ROOTS, { site, limit });
  }

  sections(pages: readonly Key[], characters: number, limit: number): Promise<readonly SectionRow[]> {
    return this.#run<{ page: Key; section: StoredSection }>(SECTIONS, { pages, characters, limit });
  }

  pastSections(pages: readonly Key[], characters: number): Promise<readonly SectionRow[]> {
    return this.#run<{ page: Key; section: StoredSection }>(PAST_SECTIONS, { pages, characters });
  }

  async links(pages: readonly Key[]): Promise<readonly LinkRow[]> {
    const rows = await this.#run<LinkedSection>(LINKS, { pages });
    return rows.flatMap((row) => sectionLinks(row).map((link) => ({ page: row.page, link })));
  }

  async targets(page: Key): Promise<readonly Key[]> {
    const rows = await this.#run<{ key: Key }>(TARGETS, { page });
    return rows.map(({ key }) => key).sort((a, b) => a - b);
  }

  inLinks(target: Key, page: Key, after: LinkPosition, limit: number): Promise<readonly InLinkRow[]> {
    const [, block, link, from, section] = after;
    const range = { target, page, block, link, from, section, limit };
    return this.#run<{ position: LinkPosition; link: InLink }>(IN_LINKS, range);
  }
}

function sectionLinks({ url: own, section, ownLinks, links }: LinkedSection): StoredLink[] {
  const toOwnPage = ownLinks.map((link): LinkColumns => {
    const [order, fragment, text, role] = JSON.parse(link) as [number, string, string, string];
    return [order, fragment, text, role, own];
  });
  return [...links, ...toOwnPage]
    .sort(([a], [b]) => a - b)
    .map(([, fragment, text, role, url]) => ({ url, fragment, text, role, section }));
}
