import type { Question } from '../../model/question.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import { destinationOf, type Route, routeTo } from './navigate.ts';
import { type Hit, rankCandidates } from './rank.ts';

export interface SearchRequest {
  readonly question: Question;
  /** URL of a site's root; null: all sites. */
  readonly site: string | null;
  readonly limit: number;
}

export interface SearchHit {
  /** What of it says what was asked for; its description where the words are only in its name. */
  readonly snippet: string;
  /** The way to it from the root of its site. */
  readonly route: Route;
}

const MAX_CLICKS = 50;
const SNIPPET_LENGTH = 200;

/** Pages and sections that a question may mean, the best first, each with the way to it. */
export async function searchMap(store: GraphStore, request: SearchRequest): Promise<readonly SearchHit[]> {
  const { question, site, limit } = request;
  const lookUp = await store.match({ question, site });
  const hits = rankCandidates(question, lookUp).slice(0, limit);
  const roots = await Promise.all(hits.map(({ candidate }) => site ?? rootOf(store, candidate.url)));
  const routes = await routesFrom(store, hits, roots);
  return hits.map((hit, index) => ({
    snippet: snippetOf(hit),
    route: routes[index] ?? routeTo(hit),
  }));
}

async function rootOf(store: GraphStore, url: string): Promise<string> {
  return (await store.locate(url))?.sites[0] ?? url;
}

/** All ways from one root are asked for at once: what is learnt of its surroundings serves them all. */
async function routesFrom(
  store: GraphStore,
  hits: readonly Hit[],
  roots: readonly string[],
): Promise<readonly Route[]> {
  const routes: Route[] = [];
  for (const root of new Set(roots)) {
    const own = hits.flatMap((hit, index) => (roots[index] === root ? [{ hit, index }] : []));
    const ways = await store.paths({
      from: root,
      to: own.map(({ hit }) => destinationOf(hit)),
      maxClicks: MAX_CLICKS,
    });
    for (const [at, { hit, index }] of own.entries()) routes[index] = routeTo(hit, ways[at]);
  }
  return routes;
}

function snippetOf({ candidate }: Hit): string {
  return candidate.snippet === ''
    ? (candidate.description ?? '').slice(0, SNIPPET_LENGTH)
    : candidate.snippet;
}
