import type { BoardWrite, ShownBoard } from '../../ports/board-store.ts';
import type { BoardTrack } from '../../ports/board-track.ts';
import { samplePages } from './sampling.ts';

/** The board that pages on the map show; `track` is what the crawl found out about it, null if it did not meet it. */
export function settleBoard(shown: ShownBoard, track: BoardTrack | null): BoardWrite {
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
function totalOf({ pattern, last, pages }: ShownBoard, track: BoardTrack | null): number | null {
  if (track?.checked === true) return track.last;
  const visited = pages.at(-1)?.page ?? 1;
  if (pattern.step === 0) return last > visited ? last : null;
  return Math.max(last, visited, track?.named ?? 1);
}

function strategyOf(taken: number, total: number | null): BoardWrite['strategy'] {
  if (total === null) return 'sampling';
  return taken >= total ? 'all' : samplePages(total).strategy;
}
