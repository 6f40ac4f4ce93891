import type { LayoutList } from '../../model/layout-group.ts';
import type { ListQuery } from '../../model/list-query.ts';
import type { ObservedListPage } from '../../model/paginated-list.ts';
import type { MapReader } from '../../ports/map-reader.ts';
import { MAX_LIST_PAGES } from '../pagination/paginated-list.ts';
import { nextCursor } from './read-within.ts';

/** URLs that stand for a layout. */
const EXAMPLES = 3;

/** Paginated lists as the pages of the crawl's site show them. The first page of a list decides on its pattern. */
export async function observedLists(
  { lists }: MapReader,
  crawlId: string,
  { cursor, limit }: ListQuery,
): Promise<ObservedListPage> {
  const range = { crawlId, after: cursor ?? '', limit: limit + 1, pages: MAX_LIST_PAGES };
  const rows = await lists.lists(range);
  const shown = rows.slice(0, limit);
  return {
    lists: shown.map(({ url, last, pages }) => ({
      pattern: pages[0]?.pattern ?? { url, first: 1, step: 1 },
      last,
      pages: pages.map(({ page, url: at }) => ({ page, url: at })),
    })),
    next: nextCursor(rows, shown.length, ({ url }) => url),
  };
}

/** Layouts of the pages of the crawl's site. */
export async function observedLayouts(
  { lists }: MapReader,
  crawlId: string,
  { cursor, limit }: ListQuery,
): Promise<LayoutList> {
  const [template = '', fingerprint = ''] = (cursor ?? '').split(' ');
  const rows = await lists.layouts({ crawlId, template, fingerprint, limit: limit + 1, examples: EXAMPLES });
  const layouts = rows.slice(0, limit);
  return {
    layouts,
    next: nextCursor(rows, layouts.length, (last) => `${last.template} ${last.fingerprint}`),
  };
}
