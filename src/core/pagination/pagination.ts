import type { ParsedPage } from '../../model/parsed-page.ts';

/** The part of a page that tells about its pagination, and the canonical URL it was loaded from. */
export interface PaginationSource
  extends Pick<ParsedPage, 'links' | 'sections' | 'actions' | 'neighbours' | 'current'> {
  readonly url: string;
}
