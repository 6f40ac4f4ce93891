import type { PageHead, SectionHead } from '../../model/head.ts';
import type { Question } from '../../model/question.ts';
import type { Click, Destination, LinkPath, Located } from '../../model/route.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import { type LinkPlace, linkPlace } from './link-place.ts';
import { type Hit, type MatchedBy, rankCandidates } from './rank.ts';

export interface NavigateRequest {
  readonly from: Located;
  readonly question: Question;
  readonly maxSteps: number;
  /** Other answers that are wanted beside the best. */
  readonly alternatives: number;
}

/**
 * `found`: the steps lead there. `here`: it is on the page that the person is on. `too-far`: there is a way, but longer
 * than was allowed. `unreachable`: no links lead there. `not-found`: nothing on the map is meant by the text.
 */
export const ROUTE_STATUSES = ['found', 'here', 'too-far', 'unreachable', 'not-found'] as const;
export type RouteStatus = (typeof ROUTE_STATUSES)[number];

export interface Target extends PageHead {
  /** Null: the page itself. */
  readonly section: SectionHead | null;
  /** The fragment that leads to the place on the page; null if there is none. */
  readonly fragment: string | null;
  /** What the place on the page is called; null for the page itself. */
  readonly heading: string | null;
  readonly score: number;
  readonly by: MatchedBy;
}

export interface Step extends Click {
  readonly place: LinkPlace;
}

export interface Route {
  readonly status: RouteStatus;
  readonly target: Target | null;
  /** Links to activate, one after the other. */
  readonly steps: readonly Step[];
  /** Clicks of the shortest way; null if there is none. */
  readonly clicks: number | null;
}

export interface Navigation extends Route {
  readonly alternatives: readonly Route[];
}

/** Among what is meant about as well, what is near is meant: each of these is taken into account in scores of 0 to 1. */
const SAME_PAGE = 0.05;
const SAME_LANGUAGE = 0.03;
const PER_CLICK = 0.02;
const MAX_CLICKS = 5;
const NO_WAY = 0.12;
/** Hits whose ways are compared. */
const COMPARED = 5;

/** Answers how to get from a page to what a text asks for. */
export async function navigate(store: GraphStore, request: NavigateRequest): Promise<Navigation> {
  const { from, question, maxSteps, alternatives } = request;
  const lookUp = await store.match({ question, site: from.sites[0] ?? null });
  const hits = rankCandidates(question, lookUp).slice(0, Math.max(COMPARED, 1 + alternatives));
  const ways = await store.paths({
    from: from.url,
    to: hits.map(destinationOf),
    maxClicks: maxSteps,
  });
  const [best, ...others] = hits
    .map((hit, index) => ({
      route: routeTo(hit, ways[index]),
      score: hit.score + nearness(hit, from, ways[index]),
    }))
    .sort((a, b) => b.score - a.score)
    .map(({ route }) => route);
  if (best === undefined)
    return { status: 'not-found', target: null, steps: [], clicks: null, alternatives: [] };
  return { ...best, alternatives: others.slice(0, alternatives) };
}

function nearness({ candidate }: Hit, from: Located, way: LinkPath | undefined): number {
  const page = candidate.url === from.url ? SAME_PAGE : 0;
  const spoken = candidate.language !== null && candidate.language === from.language ? SAME_LANGUAGE : 0;
  if (way?.kind !== 'path') return page + spoken - NO_WAY;
  return page + spoken - PER_CLICK * Math.min(MAX_CLICKS, way.clicks.length);
}

/** Where a hit is. */
export function destinationOf({ candidate }: Hit): Destination {
  return { url: candidate.url, fragment: candidate.fragment ?? candidate.section?.anchor ?? null };
}

/** The route to a hit by a way. */
export function routeTo(hit: Hit, way: LinkPath = { kind: 'none', complete: true }): Route {
  const target = targetOf(hit);
  if (way.kind === 'none') return { status: 'unreachable', target, steps: [], clicks: null };
  if (way.kind === 'too-far') return { status: 'too-far', target, steps: [], clicks: way.clicks };
  const steps = way.clicks.map((click) => ({ ...click, place: linkPlace(click) }));
  return { status: steps.length === 0 ? 'here' : 'found', target, steps, clicks: steps.length };
}

function targetOf(hit: Hit): Target {
  const { candidate, score, by } = hit;
  const { title, section, fragment, headings, linkTexts } = candidate;
  const own = section?.heading ?? section?.label ?? null;
  const heading = fragment === null ? own : (headings[0] ?? linkTexts[0] ?? own);
  return {
    ...destinationOf(hit),
    title,
    section,
    heading,
    score: Math.min(1, score),
    by,
  };
}
