/** Pages of one list that are stored; of further pages only the number is. */
export const MAX_LIST_PAGES = 10_000;

import type { PageWrite } from '../../model/page.ts';
import type {
  ListPage,
  ListPosition,
  ListTrack,
  ObservedList,
  PaginatedListWrite,
} from '../../model/paginated-list.ts';
import { samplePages } from './sampling.ts';

/** The position of a page in a paginated list: from the crawl's tracking, else from its own pagination; null if unknown. */
export function listPositionOf({
  listPosition,
  parsed,
}: Pick<PageWrite, 'listPosition' | 'parsed'>): ListPosition | null {
  if (listPosition) return listPosition;
  const { pattern = null, current = null, last = null } = parsed.pagination ?? {};
  return pattern === null || current === null ? null : { pattern, page: current, last };
}

/** Combines the pages of a list on the map with the crawl's track of it (null if the crawl has none). */
export function concludeList(shown: ObservedList, track: ListTrack | null): PaginatedListWrite {
  const total = totalOf(shown, track);
  const taken = new Set(shown.pages.map(({ page }) => page));
  return {
    pattern: shown.pattern.url,
    strategy: strategyOf(taken.size, total),
    total,
    checked: track?.checked ?? false,
    repeats: (track?.repeatsFrom ?? null) !== null,
    pages: shown.pages,
  };
}

/** Pages with cursors show the next page at most, so that one follows does not show how many do. */
function totalOf({ pattern, last, pages }: ObservedList, track: ListTrack | null): number | null {
  if (track?.checked === true) return track.last;
  const visited = pages.at(-1)?.page ?? 1;
  if (pattern.step === 0) return last > visited ? last : null;
  return Math.max(last, visited, track?.named ?? 1);
}

function strategyOf(taken: number, total: number | null): PaginatedListWrite['strategy'] {
  if (total === null) return 'sampling';
  return taken >= total ? 'all' : samplePages(total).strategy;
}

/** A step from one page of a paginated list to the next one on the map. */
export interface NextPage {
  readonly from: string;
  readonly to: string;
  /** Pages that the step takes: 1 to the page right after it. */
  readonly pages: number;
}

/** The steps along a paginated list. Where two URLs show the same page, the first one stands for it. */
export function nextPages(pages: readonly ListPage[]): readonly NextPage[] {
  const distinct = pages.filter(({ page }, index) => pages[index - 1]?.page !== page);
  return distinct.flatMap((after, index) => {
    const before = distinct[index - 1];
    return before === undefined ? [] : [{ from: before.url, to: after.url, pages: after.page - before.page }];
  });
}
