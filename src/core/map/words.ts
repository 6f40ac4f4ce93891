import type { SearchWord } from '../../model/search-query.ts';

const ASCII = /^\p{ASCII}*$/u;
const MARKS = /\p{M}+/gu;

/**
 * The form in which texts are compared: compatibility decomposition (UAX #15), lower case, no accents. Hangul syllables
 * fall apart into their letters, so that one wrong vowel is one wrong letter.
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').toLowerCase().replace(MARKS, '');
}

/** A folded text with the origin of its letters. */
export interface FoldedText {
  readonly text: string;
  /** Index in the original of the letter at an index of `text`. */
  origin(index: number): number;
}

export function foldWithOrigins(original: string): FoldedText {
  if (ASCII.test(original)) return { text: original.toLowerCase(), origin: (index) => index };
  const origins: number[] = [];
  let text = '';
  let at = 0;
  for (const character of original) {
    const folded = foldText(character);
    for (let unit = 0; unit < folded.length; unit += 1) origins.push(at);
    text += folded;
    at += character.length;
  }
  return { text, origin: (index) => origins[index] ?? original.length };
}

const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a text in folded form, in their order. */
export function wordsOf(text: string): readonly string[] {
  return foldText(text).match(WORD) ?? [];
}

/** Whether a folded text has Korean letters. */
export function isHangul(folded: string): boolean {
  return /[\u1100-\u11ff]/.test(folded);
}

/** Letters of a word; nobody searches for longer ones. */
const MAX_LETTERS = 64;

/** Each word of a text once, in folded form: what a full-text index needs to know which texts contain a word. */
export function vocabularyOf(text: string): readonly string[] {
  return [...new Set(wordsOf(text))].filter(({ length }) => length <= MAX_LETTERS);
}

/** Words that say little about what a query is after. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about am an and are as at be been but by can could do does for from get go had has have how i if in into is it its
   just let like may me my no not of off on or our out over please shall she should show so some take tell than that the
   their them then there these they this those to up us want was we were what when where which who why will with would
   you your page site website section
   및 그 이 저 것 수 좀 어디 어디에 어디서 어떻게 무엇 무슨 언제 누가 왜 있나요 있어요 있는 있습니까 하나요 되나요 알려줘
   알려주세요 보여줘 보여주세요 찾아줘 찾아주세요 가줘 가고 싶어 싶어요 해줘 페이지 사이트`
    .split(/\s+/)
    .map(foldText),
);

export function isStopWord(folded: string): boolean {
  return STOP_WORDS.has(folded);
}

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

/** How alike a word of a query and a folded word of the map are, 0 to 1. */
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
