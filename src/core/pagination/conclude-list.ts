import type { ListTrack, ObservedList, PaginatedListWrite } from '../../model/paginated-list.ts';
import { samplePages } from './sampling.ts';

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
