import type {
  Destination,
  LinkPath,
  Located,
  NavigateRequest,
  Navigation,
  Route,
  RouteStatus,
  Target,
} from '../../model/route.ts';
import type { LinkReader } from '../../ports/link-reader.ts';
import type { SearchIndex } from '../../ports/search-index.ts';
import { findPaths } from './find-paths.ts';
import { findMatches } from './match.ts';
import { type Hit, rankCandidates } from './rank.ts';
import { linkPlace } from './step-cost.ts';

export const ROUTE_STATUSES = [
  'found',
  'here',
  'too-far',
  'unreachable',
  'not-found',
] as const satisfies readonly RouteStatus[];

/** Ties are broken by distance, page and language: added to or taken from scores of 0 to 1. */
const SAME_PAGE = 0.05;
const SAME_LANGUAGE = 0.03;
const PER_CLICK = 0.02;
const MAX_CLICKS = 5;
const UNREACHABLE = 0.12;
/** Hits whose paths are compared. */
const MAX_COMPARED = 5;

/** Returns the route from a page to the best match for the query; null if the page is not on the map. */
export async function navigate(
  index: SearchIndex,
  links: LinkReader,
  { from: url, query, maxSteps, alternatives }: NavigateRequest,
): Promise<Navigation | null> {
  const [from = null] = await links.locate([url]);
  if (from === null) return null;
  const matches = await findMatches(index, { query, site: from.sites[0] ?? null });
  const hits = rankCandidates(query, matches).slice(0, Math.max(MAX_COMPARED, 1 + alternatives));
  const to = hits.map(destinationOf);
  const paths = await findPaths(links, { from: from.url, to, maxClicks: maxSteps });
  const [best, ...others] = hits
    .map((hit, at) => ({ route: routeTo(hit, paths[at]), score: hit.score + nearness(hit, from, paths[at]) }))
    .sort((a, b) => b.score - a.score)
    .map(({ route }) => route);
  return {
    ...(best ?? { status: 'not-found', target: null, steps: [], clicks: null }),
    from: { url: from.url, title: from.title },
    alternatives: others.slice(0, alternatives),
  };
}

function nearness({ candidate }: Hit, from: Located, path: LinkPath | undefined): number {
  const page = candidate.url === from.url ? SAME_PAGE : 0;
  const language = candidate.language !== null && candidate.language === from.language ? SAME_LANGUAGE : 0;
  if (path?.kind !== 'path') return page + language - UNREACHABLE;
  return page + language - PER_CLICK * Math.min(MAX_CLICKS, path.clicks.length);
}

/** Where a hit is. */
export function destinationOf({ candidate }: Hit): Destination {
  return { url: candidate.url, fragment: candidate.fragment ?? candidate.section?.anchor ?? null };
}

/** The route to a hit along a path. */
export function routeTo(hit: Hit, path: LinkPath = { kind: 'none', complete: true }): Route {
  const target = targetOf(hit);
  if (path.kind === 'none') return { status: 'unreachable', target, steps: [], clicks: null };
  if (path.kind === 'too-far') return { status: 'too-far', target, steps: [], clicks: path.clicks };
  const steps = path.clicks.map((click) => ({ ...click, place: linkPlace(click) }));
  return { status: steps.length === 0 ? 'here' : 'found', target, steps, clicks: steps.length };
}

function targetOf(hit: Hit): Target {
  const { candidate, score, by } = hit;
  const { title, section, fragment, headings, linkTexts } = candidate;
  const own = section?.heading ?? section?.label ?? null;
  const heading = fragment === null ? own : (headings[0] ?? linkTexts[0] ?? own);
  return { ...destinationOf(hit), title, section, heading, score: Math.min(1, score), by };
}
