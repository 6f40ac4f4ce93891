import { parseQuery } from '../../../src/core/map/match.ts';
import type { Click, LinkPath } from '../../../src/model/route.ts';
import type { Candidate, SearchQuery } from '../../../src/model/search-query.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';
import { SITE, urlOf } from './pages.ts';

export function queryOf(text: string): SearchQuery {
  const read = parseQuery(text);
  if (read === null) throw new Error(`“${text}” has no word`);
  return read;
}

/** Where a candidate is: path and anchor. */
export function whereIs({ url, section, fragment }: Candidate): string {
  const anchor = fragment ?? section?.anchor ?? '';
  return url.replace(SITE, '/') + (anchor === '' ? '' : `#${anchor}`);
}

/** Where the candidates for a text are on the site, sorted. */
export async function matchesOf(
  graph: GraphStore,
  text: string,
  site: string | null = SITE,
): Promise<string[]> {
  const { candidates } = await graph.match({ query: queryOf(text), site });
  return candidates.map(whereIs).sort();
}

/** The path as texts of links, or why there is none. */
export async function pathTo(graph: GraphStore, from: string, to: string, maxClicks = 10): Promise<unknown> {
  const [path] = await graph.paths({
    from: urlOf(from),
    to: [{ url: urlOf(to), fragment: null }],
    maxClicks,
  });
  return path === undefined ? null : summaryOf(path);
}

function summaryOf(path: LinkPath): unknown {
  return path.kind === 'path' ? path.clicks.map(({ text }) => text) : path;
}

/** The clicks of a path that must exist. */
export async function clicksTo(graph: GraphStore, from: string, to: string): Promise<readonly Click[]> {
  const [path] = await graph.paths({
    from: urlOf(from),
    to: [{ url: urlOf(to), fragment: null }],
    maxClicks: 10,
  });
  if (path?.kind !== 'path') throw new Error(`there should be a path from ${from} to ${to}`);
  return path.clicks;
}
