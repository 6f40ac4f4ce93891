import type { Located, Route, SearchRequest, SearchResult } from '../../model/route.ts';
import type { LinkReader } from '../../ports/link-reader.ts';
import type { MapSearch } from '../../ports/map-search.ts';
import type { SearchIndex } from '../../ports/search-index.ts';
import { findPaths } from './find-paths.ts';
import { findMatches } from './match.ts';
import { destinationOf, navigate, routeTo } from './navigate.ts';
import { type Hit, rankCandidates } from './rank.ts';

const MAX_CLICKS = 50;
const SNIPPET_LENGTH = 200;

/** Search and routes over the indexes and links of one store. They run in the thread that owns the store. */
export function mapSearch(index: SearchIndex, links: LinkReader): MapSearch {
  return {
    locate: (url) => locate(links, url),
    match: (query) => findMatches(index, query),
    search: (request) => search(index, links, request),
    paths: (query) => findPaths(links, query),
    navigate: (request) => navigate(index, links, request),
  };
}

async function locate(links: LinkReader, url: string): Promise<Located | null> {
  const [located = null] = await links.locate([url]);
  return located;
}

async function search(
  index: SearchIndex,
  links: LinkReader,
  { query, site: url, limit }: SearchRequest,
): Promise<SearchResult | null> {
  const located = url === null ? null : await locate(links, url);
  if (url !== null && located === null) return null;
  const site = located === null ? null : (located.sites[0] ?? located.url);
  const matches = await findMatches(index, { query, site });
  const hits = rankCandidates(query, matches).slice(0, limit);
  const roots = site === null ? await rootsOf(links, hits) : hits.map(() => site);
  const routes = await routesTo(links, hits, roots);
  return {
    site,
    hits: hits.map((hit, at) => ({ snippet: snippetOf(hit), route: routes[at] ?? routeTo(hit) })),
  };
}

/** Roots of the sites that the hits belong to. */
async function rootsOf(links: LinkReader, hits: readonly Hit[]): Promise<readonly string[]> {
  const urls = hits.map(({ candidate }) => candidate.url);
  const located = await links.locate(urls);
  return urls.map((url, at) => located[at]?.sites[0] ?? url);
}

/** All paths from one root are searched together: they share the edges around it. */
async function routesTo(
  links: LinkReader,
  hits: readonly Hit[],
  roots: readonly string[],
): Promise<readonly Route[]> {
  const routes: Route[] = [];
  for (const root of new Set(roots)) {
    const own = hits.flatMap((hit, index) => (roots[index] === root ? [{ hit, index }] : []));
    const to = own.map(({ hit }) => destinationOf(hit));
    const paths = await findPaths(links, { from: root, to, maxClicks: MAX_CLICKS });
    for (const [at, { hit, index }] of own.entries()) routes[index] = routeTo(hit, paths[at]);
  }
  return routes;
}

function snippetOf({ candidate: { snippet, description } }: Hit): string {
  return snippet === '' ? (description ?? '').slice(0, SNIPPET_LENGTH) : snippet;
}
