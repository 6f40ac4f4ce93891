/** Pages of one board that are kept; more are told by their number alone. */
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

/** Where a page stands in a board: as the crawl has counted, else as its pagination says; null if neither tells. */
export function listPositionOf({
  listPosition,
  parsed,
}: Pick<PageWrite, 'listPosition' | 'parsed'>): ListPosition | null {
  if (listPosition) return listPosition;
  const { pattern = null, current = null, last = null } = parsed.pagination ?? {};
  return pattern === null || current === null ? null : { pattern, page: current, last };
}

/** The board that pages on the map show; `track` is what the crawl found out about it, null if it did not meet it. */
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

/** Pages whose URLs tell no number name the next one at most: that one follows tells nothing of how many do. */
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

/** From one page of a board to the next of those on the map. */
export interface NextPage {
  readonly from: string;
  readonly to: string;
  /** Pages that the step takes: 1 to the page right after it. */
  readonly pages: number;
}

/** The steps along a board. Where two URLs show the same page, the first one stands for it. */
export function nextPages(pages: readonly ListPage[]): readonly NextPage[] {
  const distinct = pages.filter(({ page }, index) => pages[index - 1]?.page !== page);
  return distinct.flatMap((after, index) => {
    const before = distinct[index - 1];
    return before === undefined ? [] : [{ from: before.url, to: after.url, pages: after.page - before.page }];
  });
}
