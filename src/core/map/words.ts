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

/** Words of questions that say little about what a question is after. */
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
