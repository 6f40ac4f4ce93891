import type { Discovery } from '../../src/model/frontier-url.ts';
import type { ListPosition } from '../../src/model/paginated-list.ts';

/** What a page means to its board, and the board to its links. */
export interface SortedPage {
  readonly links: readonly Discovery[];
  /** Null leaves it to what the page's own pagination says. */
  readonly listPosition: ListPosition | null;
}
