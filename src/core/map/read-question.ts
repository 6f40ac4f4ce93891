import type { Question } from '../../model/question.ts';
import { stemOf } from './stems.ts';
import { isStopWord, wordsOf } from './words.ts';

/** Words past this many are not looked at. */
const MAX_WORDS = 16;
const MAX_LETTERS = 64;

/** What a person types, as words to look for; null if it has no letter and no digit. Whatever it holds is only text. */
export function readQuestion(text: string): Question | null {
  const words = wordsOf(text)
    .slice(0, MAX_WORDS)
    .map((word) => word.slice(0, MAX_LETTERS));
  if (words.length === 0) return null;
  const allMinor = words.every(isStopWord);
  const asked = words.map((word) => ({
    text: word,
    stem: stemOf(word),
    minor: !allMinor && isStopWord(word),
  }));
  return { text: text.trim(), phrase: words.join(' '), words: asked };
}
