import type { BoardPlace } from '../../ports/board-store.ts';
import type { PageWrite } from '../../ports/graph-store.ts';

/** Where a page stands in a board: as the crawl has counted, else as its pagination says; null if neither tells. */
export function boardPlaceOf({ board, parsed }: Pick<PageWrite, 'board' | 'parsed'>): BoardPlace | null {
  if (board) return board;
  const { pattern = null, current = null, last = null } = parsed.pagination ?? {};
  return pattern === null || current === null ? null : { pattern, page: current, last };
}
