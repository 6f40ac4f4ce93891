import type { GroupRow, GroupWrite } from './layout-group.ts';
import type { PaginatedList, PaginatedListWrite } from './paginated-list.ts';

export interface AnalysisBatch {
  readonly lists: readonly PaginatedListWrite[];
  readonly groups: readonly GroupWrite[];
}

/** The paginated lists and groups of a site. */
export interface SiteOverview {
  /** At most 100, the largest first (by the pages on the map where the total is unknown), equal ones by pattern. */
  readonly lists: readonly PaginatedList[];
  readonly listCount: number;
  /** At most 100, the largest first, equal ones by pattern, then by fingerprint. */
  readonly groups: readonly GroupRow[];
  readonly groupCount: number;
}
