import type { SearchWord, WordForm } from '../../model/search-query.ts';
import { foldWithOrigins, INFLECTED, WITHIN_WORD } from './words.ts';

/** Characters of a text that are searched for words. */
export const READ_LENGTH = 50_000;
const SNIPPET_LENGTH = 200;
/** Characters before the first word of a snippet. */
const LEAD = 40;
const PLACES_PER_WORD = 8;
const WORD_PART = /[\p{L}\p{N}]/u;

/** How a text matches a query. */
export interface Passage {
  /** For each word, how well the text contains it, 0 to 1. */
  readonly textScores: readonly number[];
  /** The part that contains the most words; empty if it contains none. */
  readonly snippet: string;
}

/** Searches a text for words, each in all its forms. */
export function readPassage(text: string, words: readonly SearchWord[]): Passage {
  const folded = foldWithOrigins(text.slice(0, READ_LENGTH));
  const places: Place[] = [];
  const textScores = words.map(({ forms }, word) => {
    let best = 0;
    for (const form of forms) {
      const found = placesOf(form, folded.text);
      for (const { at, likeness } of found) {
        best = Math.max(best, likeness * form.likeness);
        places.push({ at: folded.origin(at), word });
      }
    }
    return best;
  });
  return { textScores, snippet: places.length === 0 ? '' : cut(text, bestStart(places)) };
}

interface Place {
  readonly at: number;
  readonly word: number;
}

function placesOf({ text, stem }: WordForm, folded: string): { at: number; likeness: number }[] {
  const found: { at: number; likeness: number }[] = [];
  for (
    let at = folded.indexOf(stem);
    at >= 0 && found.length < PLACES_PER_WORD;
    at = folded.indexOf(stem, at + 1)
  ) {
    const startsWord = at === 0 || !WORD_PART.test(folded[at - 1] ?? '');
    if (!startsWord) continue;
    const whole = folded.startsWith(text, at) && !WORD_PART.test(folded[at + text.length] ?? '');
    found.push({ at, likeness: whole ? 1 : stem.length < text.length ? INFLECTED : WITHIN_WORD });
  }
  return found;
}

/** Start of the part that contains the most different words. */
function bestStart(places: readonly Place[]): number {
  const sorted = places.toSorted((a, b) => a.at - b.at);
  let best = { start: sorted[0]?.at ?? 0, words: 0 };
  for (const [index, { at }] of sorted.entries()) {
    const within = sorted.slice(index).filter((place) => place.at < at + SNIPPET_LENGTH - LEAD);
    const words = new Set(within.map(({ word }) => word)).size;
    if (words > best.words) best = { start: at, words };
  }
  return best.start;
}

function cut(text: string, at: number): string {
  const start = wordStart(text, Math.max(0, at - LEAD), at);
  const end = Math.min(text.length, start + SNIPPET_LENGTH - 2);
  const last = end === text.length ? end : wordEnd(text, start, end);
  return `${start > 0 ? '…' : ''}${text.slice(start, last).trim()}${last < text.length ? '…' : ''}`;
}

function wordStart(text: string, from: number, at: number): number {
  if (from === 0) return 0;
  const space = text.indexOf(' ', from);
  return space >= 0 && space < at ? space + 1 : at;
}

function wordEnd(text: string, start: number, end: number): number {
  const space = text.lastIndexOf(' ', end);
  return space > start + SNIPPET_LENGTH / 2 ? space : end;
}
