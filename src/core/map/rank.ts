import type { MatchedBy } from '../../model/route.ts';
import type { Candidate, Matches, SearchQuery, SearchWord } from '../../model/search-query.ts';
import { type TitlePart, titleParts, withoutNumber } from './names.ts';
import { isStopWord, likenessTo, wordsOf } from './words.ts';

/**
 * Weight of a word by where it stands.
 *
 * | | worth | because |
 * |---|---|---|
 * | title of the page, heading of the section | 1 | its own name for what it is |
 * | text of a link to it | 0.9 | what others call it; sometimes only `this page` |
 * | title of the page a section is on | 0.85 | narrows a section down (`Lantern Room equipment`), but does not make it |
 * | description | 0.7 | written to say what it is, in many words |
 * | text | 0.6 | most words of a text are not what it is about |
 */
export const WORTH = { name: 1, link: 0.9, page: 0.85, description: 0.7, text: 0.6 } as const;
/** Share of the score that all words together give; the rest is for a name that equals the query. */
export const COVERAGE_SHARE = 0.7;
const MINOR_WEIGHT = 0.15;
/** A word that no text contains does not distinguish candidates. */
const UNKNOWN_WEIGHT = 0.4;
/** Ties between equal names are broken by prominence: nearer to the root, and linked more. */
const DEPTH_PENALTY = 0.005;
const MAX_DEPTH = 10;
const FAME = 0.04;
/** Links to a page that are counted. */
export const MAX_LINKED = 200;
/** A place on a page is a less likely target than a page. */
export const PLACE_PENALTY = 0.04;
/** Menus and footers lead to targets; they are seldom the target. */
const SURROUNDINGS = new Set([
  'header',
  'footer',
  'navigation',
  'breadcrumb',
  'pagination',
  'banner',
  'search',
]);
const SURROUNDINGS_FACTOR = 0.5;
/** Below this a match is a common word in passing. */
const MIN_SCORE = 0.2;

export interface Hit {
  readonly candidate: Candidate;
  /** 0 to 1. */
  readonly score: number;
  /** What matches best. */
  readonly by: MatchedBy;
}

/** Candidates by how well they match the query, the best first; those below a minimal score are left out. */
export function rankCandidates(query: SearchQuery, matches: Matches): readonly Hit[] {
  const words = weighWords(query, matches);
  return matches.candidates
    .map((candidate) => toHit(candidate, words))
    .filter(({ score }) => score >= MIN_SCORE)
    .sort(byScore);
}

interface WeighedWord {
  readonly weight: number;
  /** How alike the word and a folded word of the map are, 0 to 1. */
  readonly likeness: (token: string) => number;
}

/** Rare words weigh more: the weight is the inverse document frequency of BM25. */
function weighWords({ words }: SearchQuery, matches: Matches): readonly WeighedWord[] {
  return words.map(({ minor }, index) => {
    const word = matches.words[index] ?? { forms: [], documents: 0 };
    const rest = Math.max(0, matches.documents - word.documents);
    const rarity = Math.log(1 + (rest + 0.5) / (word.documents + 0.5)) + 0.5;
    const unknown = word.documents === 0 ? UNKNOWN_WEIGHT : 1;
    return { likeness: cached(word), weight: rarity * unknown * (minor ? MINOR_WEIGHT : 1) };
  });
}

/** Names share most of their words: each is compared once. */
function cached(word: SearchWord): WeighedWord['likeness'] {
  const seen = new Map<string, number>();
  return (token) => {
    const before = seen.get(token);
    if (before !== undefined) return before;
    const likeness = likenessTo(word, token);
    seen.set(token, likeness);
    return likeness;
  };
}

function byScore(a: Hit, b: Hit): number {
  return (
    b.score - a.score ||
    a.candidate.depth - b.candidate.depth ||
    (a.candidate.section?.order ?? -1) - (b.candidate.section?.order ?? -1) ||
    (a.candidate.url < b.candidate.url ? -1 : 1)
  );
}

interface Name extends TitlePart {
  readonly by: MatchedBy;
  readonly worth: number;
}

function toHit(candidate: Candidate, words: readonly WeighedWord[]): Hit {
  const names = namesOf(candidate).map((name) => ({ ...name, tokens: wordsOf(name.text) }));
  const description = candidate.section === null ? wordsOf(candidate.description ?? '') : [];
  const worths = new Map<MatchedBy, number>();
  let covered = 0;
  let total = 0;
  for (const [index, { likeness, weight }] of words.entries()) {
    const offers: [MatchedBy, number][] = names.map(({ by, worth, tokens }) => [
      by,
      worth * bestLikeness(likeness, tokens),
    ]);
    offers.push(['description', WORTH.description * bestLikeness(likeness, description)]);
    offers.push(['text', WORTH.text * (candidate.textScores[index] ?? 0)]);
    const [by, worth] = offers.reduce((top, offer) => (offer[1] > top[1] ? offer : top));
    covered += weight * worth;
    total += weight;
    worths.set(by, (worths.get(by) ?? 0) + weight * worth);
  }
  const exactness = Math.max(0, ...names.map(({ worth, tokens }) => worth * sameness(tokens, words)));
  const plain = COVERAGE_SHARE * (covered / total) + (1 - COVERAGE_SHARE) * exactness;
  const factor = SURROUNDINGS.has(candidate.section?.type ?? '') ? SURROUNDINGS_FACTOR : 1;
  const [by] = [...worths].reduce((top, entry) => (entry[1] > top[1] ? entry : top), ['text', 0] as const);
  return { candidate, score: Math.max(0, plain * factor * (1 - FAME) + prominence(candidate)), by };
}

function prominence({ depth, linked, section, fragment }: Candidate): number {
  const fame = (FAME * Math.log1p(linked)) / Math.log1p(MAX_LINKED);
  const isPlace = section !== null || fragment !== null;
  return fame - DEPTH_PENALTY * Math.min(depth, MAX_DEPTH) - (isPlace ? PLACE_PENALTY : 0);
}

function namesOf({ title, section, headings, linkTexts }: Candidate): readonly Name[] {
  const own: Name[] = linkTexts.map((text) => ({ text, by: 'link', worth: WORTH.link }));
  const [by, worth] =
    section === null ? (['title', WORTH.name] as const) : (['heading', WORTH.page] as const);
  for (const part of titleParts(title)) own.push({ text: part.text, by, worth: worth * part.worth });
  const called = [section?.heading, section?.label, ...headings];
  for (const text of called) {
    if (text) own.push({ text: withoutNumber(text), by: 'heading', worth: WORTH.name });
  }
  return own;
}

function bestLikeness(likeness: WeighedWord['likeness'], tokens: readonly string[]): number {
  let best = 0;
  for (const token of tokens) best = Math.max(best, likeness(token));
  return best;
}

/** 1 for a name that has all words of the query and no other. */
function sameness(tokens: readonly string[], words: readonly WeighedWord[]): number {
  const significant = tokens.filter((token) => !isStopWord(token));
  const counted = significant.length > 0 ? significant : tokens;
  if (counted.length === 0) return 0;
  let total = 0;
  let covered = 0;
  for (const { likeness, weight } of words) {
    total += weight;
    covered += weight * bestLikeness(likeness, tokens);
  }
  const matched = counted.filter((token) => words.some(({ likeness }) => likeness(token) > 0.5)).length;
  return (covered / total) * (matched / counted.length);
}
