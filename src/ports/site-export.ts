import type { ListQuery } from '../model/list-query.ts';
import type { SitePages } from '../model/site.ts';

/** What a graph store offers to those who take a whole site away, part by part. */
export interface SiteExport {
  /** Pages that are there now of the site that has this root or page; null if there is none. */
  sitePages(url: string, query: ListQuery): Promise<SitePages | null>;
}
