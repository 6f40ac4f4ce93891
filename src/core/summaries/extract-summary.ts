import { isStopWord } from '../map/words.ts';
import { clip, plainText } from './plain-text.ts';

/** Characters of a text that are looked at. */
const READ = 2000;
const LONGEST = 280;
/** A sentence below this says little by itself: a label, a number. */
const SHORT_SENTENCE = 25;
const WORD = /[\p{L}\p{N}]+/gu;
const HANGUL = /[\uac00-\ud7a3]/;
/** Korean particles follow a word without a space, so forms of a word share its beginning; so do English endings. */
const KOREAN_STEM = 2;
const STEM = 6;

interface Scored {
  readonly order: number;
  readonly text: string;
  readonly score: number;
}

/**
 * The one or two sentences that say most of what a text is about: those whose words the text and its title use most
 * often, the first ones preferred, for that is where writers say it (Edmundson 1969: position, key words, title).
 * Deterministic; time is bounded, because only the first 2,000 characters and 80 sentences are read.
 *
 * @returns plain text of at most 280 characters; empty only if the text is.
 */
export function extractSummary(text: string, title: string, language: string | null): string {
  const sentences = sentencesOf(withoutTitle(plainText(text.slice(0, READ)), title), language);
  const words = sentences.map(stemsOf);
  const weight = weights(words, new Set(stemsOf(title)));
  const scored = sentences.map((sentence, order) => ({
    order,
    text: sentence,
    score: scoreOf(words[order] ?? [], weight, sentence.length) * firstness(order),
  }));
  const best = scored.sort((a, b) => b.score - a.score || a.order - b.order);
  return clip(joined(best), LONGEST);
}

/** The text without the heading that it begins with, which is known anyway; unless it holds nothing else. */
function withoutTitle(text: string, title: string): string {
  return title !== '' && text.startsWith(title) ? text.slice(title.length).trim() || text : text;
}

/** The best sentence, and the next best ones where there is room, in the order of the text. */
function joined(best: readonly Scored[]): string {
  const chosen: Scored[] = [];
  let length = 0;
  for (const sentence of best.slice(0, 4)) {
    if (chosen.length > 0 && length + sentence.text.length > LONGEST) continue;
    chosen.push(sentence);
    length += sentence.text.length + 1;
    if (chosen.length === 2) break;
  }
  return chosen
    .sort((a, b) => a.order - b.order)
    .map(({ text }) => text)
    .join(' ');
}

function stemsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(WORD) ?? [];
  return words
    .filter((word) => !isStopWord(word))
    .map((word) => word.slice(0, HANGUL.test(word) ? KOREAN_STEM : STEM));
}

/** How often the text uses a word; words of the title count double. */
function weights(
  sentences: readonly (readonly string[])[],
  title: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const words of sentences) {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + (title.has(word) ? 2 : 1));
  }
  return counts;
}

function scoreOf(words: readonly string[], weight: ReadonlyMap<string, number>, length: number): number {
  const distinct = new Set(words);
  if (distinct.size === 0) return 0;
  let sum = 0;
  for (const word of distinct) sum += weight.get(word) ?? 0;
  const average = sum / Math.sqrt(distinct.size * Math.max(distinct.size, 6));
  const fit = length < SHORT_SENTENCE || length > LONGEST ? 0.4 : 1;
  return average * fit;
}

function firstness(order: number): number {
  if (order === 0) return 2.5;
  return order < 3 ? 1.5 : 1;
}

const MAX_SENTENCES = 80;

const english = new Intl.Segmenter('en', { granularity: 'sentence' });
const korean = new Intl.Segmenter('ko', { granularity: 'sentence' });
/** After these a stop does not end the sentence (UAX #29 knows no abbreviations). */
const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|cf|vs|etc|mr|mrs|ms|dr|prof|no|fig|st|approx)\.\s*$/iu;

/** The first sentences of a text, trimmed, at most 80. */
export function sentencesOf(text: string, language: string | null): readonly string[] {
  const segmenter = language?.toLowerCase().startsWith('ko') ? korean : english;
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenter.segment(text)) {
    open += segment;
    if (ABBREVIATION.test(open.slice(-12))) continue;
    if (open.trim() !== '') sentences.push(open.trim());
    open = '';
    if (sentences.length === MAX_SENTENCES) return sentences;
  }
  if (open.trim() !== '') sentences.push(open.trim());
  return sentences;
}
