import { isHangul } from './words-of.ts';

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

/** The beginning that the forms of a folded word share, as far as it can be told without a dictionary. */
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
