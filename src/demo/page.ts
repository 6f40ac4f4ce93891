import type { Html } from './html.ts';

export interface Crumb {
  readonly path: string;
  readonly label: string;
}

/** One page of the demo site; the frame puts header, breadcrumb and footer around it. */
export interface Page {
  /** With the query string, if the page has one. */
  readonly path: string;
  /** Without the name of the site. */
  readonly title: string;
  readonly description: string;
  readonly language: 'en' | 'ko';
  /** The pages above this one, below the front page. */
  readonly above: readonly Crumb[];
  readonly main: Html;
  /** More for the `head`. */
  readonly head: Html | null;
}

export type PageDraft = Pick<Page, 'path' | 'title' | 'description' | 'main'> & Partial<Page>;

/** Fills in what most pages share. */
export function page(draft: PageDraft): Page {
  return { language: 'en', above: [], head: null, ...draft };
}
