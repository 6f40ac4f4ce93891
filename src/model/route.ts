import type { PageHead, SectionHead } from './head.ts';

/** Where a URL is on the map. */
export interface Located extends PageHead {
  readonly language: string | null;
  /** Roots of the sites that it belongs to, the largest first. */
  readonly sites: readonly string[];
}

/** A link that is activated on the way. */
export interface Click {
  readonly page: PageHead;
  /** Where the link stands. */
  readonly section: SectionHead;
  readonly text: string;
  readonly role: string;
  readonly target: PageHead;
  readonly fragment: string;
  /** Most pages of the site show the section with the same content. */
  readonly repeats: boolean;
}

export interface Destination {
  /** URL of a page of the map. */
  readonly url: string;
  /** A place on the page: links that lead right there are preferred at the end. Null: the page itself. */
  readonly fragment: string | null;
}

export interface PathsQuery {
  /** URL of a page of the map. */
  readonly from: string;
  readonly to: readonly Destination[];
  readonly maxClicks: number;
}

export type LinkPath =
  | { readonly kind: 'path'; readonly clicks: readonly Click[] }
  /** The shortest way has that many clicks. */
  | { readonly kind: 'too-far'; readonly clicks: number }
  /** No links lead there; `complete` is false if the search was cut short. */
  | { readonly kind: 'none'; readonly complete: boolean };
