import type { PageHead } from './head.ts';
import type { ListQuery } from './list-query.ts';
import type { PageDetail, StoredPage } from './page.ts';
import type { StoredSection } from './section.ts';

export interface SiteWrite {
  /** Canonical URL of the seed. */
  readonly url: string;
  readonly crawlId: string;
  /** Epoch ms of the crawl's start. */
  readonly at: number;
}

export interface MapCounts {
  readonly pages: number;
  readonly sections: number;
  /** Link occurrences. */
  readonly links: number;
  /** Root, sub-roots, pages and sections. */
  readonly nodes: number;
}

/** A host of a site beside that of its root. */
export interface SubRoot extends PageHead {
  readonly host: string;
  readonly pages: number;
}

export interface OutlinedPage extends StoredPage {
  readonly sectionRows: readonly StoredSection[];
}

export interface SiteStructure {
  readonly site: StoredSite;
  /** At most 100, the largest first. */
  readonly subRoots: readonly SubRoot[];
  /** By depth. */
  readonly pages: readonly OutlinedPage[];
  readonly next: string | null;
}

export interface StructureQuery extends ListQuery {
  /** Characters of each section's text. */
  readonly preview: number;
  /**
   * Removed pages with the sections that they had, and pages that have lost sections with those alone, instead of what is
   * present. Default: false.
   */
  readonly removed?: boolean;
}

export interface SitePages {
  readonly site: StoredSite;
  /** With everything on them, in a stable order. May be fewer than `limit` although there are more. */
  readonly pages: readonly PageDetail[];
  readonly next: string | null;
}

export interface StoredSite extends PageHead {
  readonly id: string;
  readonly host: string;
  readonly pages: number;
  readonly summary: string | null;
}

/** A site as an export reads it. Only a few of its pages are in memory at a time. */
export interface ExportedSite {
  readonly site: StoredSite;
  /** From the first page on; may be read more than once. */
  pages(): AsyncGenerator<PageDetail>;
}
