const BEYOND_ASCII = /[^\p{ASCII}]/gu;

/**
 * Tokens of a text, more or less: a token is about four characters of English, and about one syllable of Korean or
 * one Chinese character.
 */
export function estimateTokens(text: string): number {
  const beyond = text.match(BEYOND_ASCII)?.length ?? 0;
  return Math.ceil((text.length - beyond) / 4 + beyond);
}
