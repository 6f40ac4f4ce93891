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

/** A folded text that knows where its letters come from. */
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
