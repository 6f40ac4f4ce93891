import type { PageWrite } from '../../model/page.ts';
import type { ListPosition } from '../../model/paginated-list.ts';

/** Where a page stands in a board: as the crawl has counted, else as its pagination says; null if neither tells. */
export function listPositionOf({
  listPosition,
  parsed,
}: Pick<PageWrite, 'listPosition' | 'parsed'>): ListPosition | null {
  if (listPosition) return listPosition;
  const { pattern = null, current = null, last = null } = parsed.pagination ?? {};
  return pattern === null || current === null ? null : { pattern, page: current, last };
}
