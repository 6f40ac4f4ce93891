import type { SearchWord } from '../../model/question.ts';
import { isHangul } from './words.ts';

const MIN_ENGLISH_STEM = 4;
/** The last one for `create`, whose other forms lose it: creating, created. */
const ENGLISH_ENDINGS = ['ings', 'ing', 'ies', 'ed', 'es', 'y', 's', 'e'] as const;

/** Particles after a syllable that ends in a consonant, after one that ends in a vowel, and after either. */
const AFTER_CONSONANT = ending('[\\u11a8-\\u11c2]', ['은', '을', '이', '과', '으로', '이나', '이란']);
const AFTER_VOWEL = ending('[\\u1161-\\u1175]', ['는', '를', '가', '와', '로', '나', '란']);
const AFTER_ANY = ending('[\\u1161-\\u1175\\u11a8-\\u11c2]', [
  '에서',
  '에게',
  '에',
  '의',
  '도',
  '까지',
  '부터',
  '만',
]);
/** A noun made into a verb: 반납하려면, 예약할. */
const VERB = /^((?:[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?){2,})\u1112(?:\u1161|\u1162).*$/;

/** The beginning that the forms of a folded word share, as far as can be determined without a dictionary. */
export function stemOf(word: string): string {
  return isHangul(word) ? koreanStem(word) : englishStem(word);
}

function englishStem(word: string): string {
  if (/(?:ss|us|is)$/.test(word)) return word;
  for (const end of ENGLISH_ENDINGS) {
    const stem = word.slice(0, -end.length);
    const least = end === 's' ? MIN_ENGLISH_STEM - 1 : MIN_ENGLISH_STEM;
    if (word.endsWith(end) && stem.length >= least) return stem;
  }
  return word;
}

function koreanStem(word: string): string {
  const noun = VERB.exec(word)?.[1];
  if (noun !== undefined) return noun;
  for (const particle of [AFTER_ANY, AFTER_CONSONANT, AFTER_VOWEL]) {
    const stem = word.replace(particle, '');
    if (stem !== word) return stem;
  }
  return word;
}

function ending(after: string, particles: readonly string[]): RegExp {
  const decomposed = particles.map((particle) => particle.normalize('NFD'));
  return new RegExp(`(?<=${after})(?:${decomposed.join('|')})$`);
}

/** Another form of the word: `hour` for `hours`, 책을 for 책. */
export const INFLECTED = 0.95;
/** A longer word that begins with it. */
export const WITHIN_WORD = 0.8;
/** A longer word that contains it: 도서관 in 시립도서관. */
const INSIDE_WORD = 0.6;
const MIN_INSIDE = 4;
/** A single letter stands for itself alone. */
const MIN_BEGINNING = 2;

/** How alike a word of a question and a folded word of the map are, 0 to 1. */
export function likenessTo({ forms }: SearchWord, token: string): number {
  let best = 0;
  for (const { text, stem, likeness } of forms)
    best = Math.max(best, likeness * formLikeness(text, stem, token));
  return best;
}

function formLikeness(text: string, stem: string, token: string): number {
  if (token === text) return 1;
  if (stemOf(token) === stem) return INFLECTED;
  if (stem.length >= MIN_BEGINNING && token.startsWith(stem)) return isHangul(stem) ? INFLECTED : WITHIN_WORD;
  return stem.length >= MIN_INSIDE && token.includes(stem) ? INSIDE_WORD : 0;
}
