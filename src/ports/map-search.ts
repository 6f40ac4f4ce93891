import type {
  LinkPath,
  Located,
  NavigateRequest,
  Navigation,
  PathsQuery,
  SearchRequest,
  SearchResult,
} from '../model/route.ts';
import type { Matches, MatchQuery } from '../model/search-query.ts';

/** Search and routes on the map. Each call is one round trip to the store's thread. */
export interface MapSearch {
  /** Where the URL, or the page that it leads to, is on the map; null if it is not. */
  locate(url: string): Promise<Located | null>;
  /** Everything that may match a query, before it is ranked. */
  match(query: MatchQuery): Promise<Matches>;
  /** The pages and sections that match a query best, each with its route. Null if the site is not on the map. */
  search(request: SearchRequest): Promise<SearchResult | null>;
  /** The clearest path to each page, in the order of `to`. The page that it starts from is reached without a click. */
  paths(query: PathsQuery): Promise<readonly LinkPath[]>;
  /** The route from a page to the best match. Null if the page is not on the map. */
  navigate(request: NavigateRequest): Promise<Navigation | null>;
}
