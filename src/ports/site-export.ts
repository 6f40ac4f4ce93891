import type { PageDetail, SiteRow } from './stored-page.ts';

export interface ExportQuery {
  readonly cursor: string | null;
  readonly limit: number;
}

export interface SitePages {
  readonly site: SiteRow;
  /** With everything on them, in an order that stays. May be fewer than asked for although there are more. */
  readonly pages: readonly PageDetail[];
  readonly next: string | null;
}

/** What a graph store offers to those who take a whole site away, part by part. */
export interface SiteExport {
  /** Pages that are there now of the site that has this root or page; null if there is none. */
  sitePages(url: string, query: ExportQuery): Promise<SitePages | null>;
}
