import type { PageHead, SectionHead } from './head.ts';
import type { SearchQuery } from './search-query.ts';

/** Where a URL is on the map. */
export interface Located extends PageHead {
  readonly language: string | null;
  /** Roots of the sites that it belongs to, the largest first. */
  readonly sites: readonly string[];
}

/** A link that is activated on a path. */
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
  /** The shortest path has that many clicks. */
  | { readonly kind: 'too-far'; readonly clicks: number }
  /** No links lead there; `complete` is false if the search was cut short. */
  | { readonly kind: 'none'; readonly complete: boolean };

/** Where on a page a link stands. */
export type LinkPlace = 'content' | 'menu' | 'footer' | 'breadcrumb' | 'pagination';

export interface Step extends Click {
  readonly place: LinkPlace;
}

/** What of a page or section matches a query best. */
export type MatchedBy = 'title' | 'heading' | 'link' | 'description' | 'text';

export interface Target extends PageHead {
  /** Null: the page itself. */
  readonly section: SectionHead | null;
  /** The fragment that leads to the place on the page; null if there is none. */
  readonly fragment: string | null;
  /** What the place on the page is called; null for the page itself. */
  readonly heading: string | null;
  /** 0 to 1. */
  readonly score: number;
  readonly by: MatchedBy;
}

/**
 * `found`: the steps lead there. `here`: it is on the page that the person is on. `too-far`: there is a path, but longer
 * than was allowed. `unreachable`: no links lead there. `not-found`: nothing on the map matches the text.
 */
export type RouteStatus = 'found' | 'here' | 'too-far' | 'unreachable' | 'not-found';

export interface Route {
  readonly status: RouteStatus;
  readonly target: Target | null;
  /** Links to activate, one after the other. */
  readonly steps: readonly Step[];
  /** Clicks of the shortest path; null if there is none. */
  readonly clicks: number | null;
}

export interface NavigateRequest {
  /** URL of the page that the route starts from. */
  readonly from: string;
  readonly query: SearchQuery;
  /** Links to activate, at most. */
  readonly maxSteps: number;
  /** Routes to other matches that are returned beside the best, at most. */
  readonly alternatives: number;
}

export interface Navigation extends Route {
  readonly from: PageHead;
  readonly alternatives: readonly Route[];
}

export interface SearchRequest {
  readonly query: SearchQuery;
  /** URL of any page of the site to search; null: all sites. */
  readonly site: string | null;
  readonly limit: number;
}

export interface SearchHit {
  /** The part of its text that matches; its description where only its names match. At most 200 characters. */
  readonly snippet: string;
  /** From the root of its site. */
  readonly route: Route;
}

export interface SearchResult {
  /** Root of the site that was searched; null: all sites. */
  readonly site: string | null;
  /** The best first. */
  readonly hits: readonly SearchHit[];
}
