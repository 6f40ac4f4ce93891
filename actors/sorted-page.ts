import type { BoardPlace } from '../src/ports/board-store.ts';
import type { Discovery } from '../src/ports/frontier.ts';

/** What a page means to its board, and the board to its links. */
export interface SortedPage {
  readonly links: readonly Discovery[];
  /** Null leaves it to what the page's own pagination says. */
  readonly board: BoardPlace | null;
}
