import { derivedId } from '../derived-id.ts';
import { type Name, nameKey, titleParts, withoutNumber } from './names.ts';
import { COVERAGE_SHARE, PLACE_PENALTY, WORTH } from './rank.ts';
import { isStopWord, wordsOf } from './words.ts';

/**
 * The order in which names and texts are scored where more match a query than can be: the smallest number first. It
 * depends on nothing but the name or text, so that all stores score the same ones.
 */
export type IndexRank = number;

/** Hexadecimal digits that keep apart what is alike otherwise: 20 bits. */
const TIE_DIGITS = 5;
const TIES = 16 ** TIE_DIGITS;
const MAX_SEGMENTS = 31;
const MAX_LENGTH = 0xffff;
const SCORE_STEPS = 1000;

/** Names by the highest score that they can reach for a query of one word, then those of the upper pages of the site. */
export function nameRank(name: Name): IndexRank {
  const cost = Math.round((1 - maxScore(name)) * SCORE_STEPS);
  return ordered(cost * (MAX_SEGMENTS + 1) + segments(name.url), nameKey(name));
}

/**
 * Short texts first: a match is a larger part of them.
 *
 * @param key distinguishes it from all others.
 */
export function textRank(text: string, key: string): IndexRank {
  return ordered(Math.min(text.length, MAX_LENGTH), key);
}

function maxScore(name: Name): number {
  const { kind, fragment } = name;
  const isPlace = kind === 'heading' || fragment !== '';
  const worth = kind === 'link' ? WORTH.link : WORTH.name;
  return (
    worth * (COVERAGE_SHARE + (1 - COVERAGE_SHARE) / significantWords(name)) - (isPlace ? PLACE_PENALTY : 0)
  );
}

/** At least 1. */
function significantWords({ kind, text, folded }: Name): number {
  const own = kind === 'title' ? (titleParts(text)[0]?.text ?? text) : withoutNumber(text);
  const words = own === text ? folded.split(' ') : wordsOf(own);
  return Math.max(1, words.filter((word) => !isStopWord(word)).length || words.length);
}

function segments(url: string): number {
  return Math.min(MAX_SEGMENTS, url.split(/[/?&]/).length);
}

function ordered(cost: number, key: string): IndexRank {
  return cost * TIES + Number.parseInt(derivedId(key).slice(0, TIE_DIGITS), 16);
}
