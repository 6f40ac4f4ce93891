import type { BoardWrite, ShownBoard } from '../../ports/board-store.ts';
import type { BoardTrack } from '../../ports/board-track.ts';
import { samplePages } from './sampling.ts';

/** The board that pages on the map show; `track` is what the crawl found out about it, null if it did not meet it. */
export function settleBoard(shown: ShownBoard, track: BoardTrack | null): BoardWrite {
  const largest = Math.max(shown.last, shown.pages.at(-1)?.page ?? 1);
  const total = track === null ? largest : track.checked ? track.last : Math.max(track.named, largest);
  const taken = new Set(shown.pages.map(({ page }) => page));
  return {
    pattern: shown.pattern.url,
    strategy: taken.size >= total ? 'all' : samplePages(total).strategy,
    total,
    checked: track?.checked ?? false,
    repeats: (track?.repeatsFrom ?? null) !== null,
    pages: shown.pages,
  };
}
