import { MAX_LIST_PAGES } from '../../../core/pagination/paginated-list.ts';
import type { Layout, LayoutList } from '../../../model/layout-group.ts';
import type { ListQuery } from '../../../model/list-query.ts';
import type { ListPage, ObservedListPage } from '../../../model/paginated-list.ts';
import type { Run } from '../neo4j.ts';

/** URLs that stand for a layout. */
const EXAMPLES = 3;

const PAGES = 'MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)-[:HAS_PAGE]->(p)';

const PATTERNS = `${PAGES} WHERE p.board > $after
  RETURN p.board AS url, max(p.boardLast) AS last, max(p.boardPage) AS page ORDER BY url LIMIT $limit`;

const BOARD = `${PAGES} WHERE p.board = $pattern
  RETURN p.boardPage AS page, p.url AS url, p.boardFirst AS first, p.boardStep AS step
  ORDER BY page, url LIMIT ${MAX_LIST_PAGES}`;

const LAYOUTS = `${PAGES}
  WHERE p.template > $template OR p.template = $template AND p.fingerprint > $fingerprint
  WITH p ORDER BY p.url
  WITH p.template AS template, p.fingerprint AS fingerprint, count(p) AS pages, collect(p.url)[..${EXAMPLES}] AS examples
  RETURN template, fingerprint, pages, examples ORDER BY template, fingerprint LIMIT $limit`;

interface ShownPage extends ListPage {
  readonly first: number;
  readonly step: number;
}

/** Boards that the pages of the crawl's site show. */
export async function readObservedLists(
  run: Run,
  crawlId: string,
  { cursor, limit }: ListQuery,
): Promise<ObservedListPage> {
  const rows = await run<{ url: string; last: number; page: number }>(PATTERNS, {
    crawlId,
    after: cursor ?? '',
    limit,
  });
  const lists: ObservedListPage['lists'][number][] = [];
  for (const { url, last, page: largest } of rows) {
    const pages = await run<ShownPage>(BOARD, { crawlId, pattern: url });
    const { first, step } = pages[0] ?? { first: 1, step: 1 };
    lists.push({
      pattern: { url, first, step },
      last: Math.max(last, largest),
      pages: pages.map(({ page, url: own }) => ({ page, url: own })),
    });
  }
  return { lists, next: rows.length === limit ? (rows.at(-1)?.url ?? null) : null };
}

/** Layouts of the pages of the crawl's site. */
export async function readLayouts(
  run: Run,
  crawlId: string,
  { cursor, limit }: ListQuery,
): Promise<LayoutList> {
  const [template = '', fingerprint = ''] = (cursor ?? '').split(' ');
  const rows = await run<Layout>(LAYOUTS, { crawlId, template, fingerprint, limit: limit + 1 });
  const layouts = rows.slice(0, limit);
  const last = layouts.at(-1);
  const isEnd = rows.length <= limit || last === undefined;
  return { layouts, next: isEnd ? null : `${last.template} ${last.fingerprint}` };
}
