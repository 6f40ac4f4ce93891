import type { KnownWord, Question } from '../../../../ports/graph-store.ts';

/** The trigram index finds nothing shorter. */
const TRIGRAM = 3;

/** Expressions for the full-text indexes, the strictest first. Words are quoted: to FTS5 they are text, whatever they hold. */
export interface IndexQueries {
  readonly names: readonly string[];
  readonly said: readonly string[];
}

export function indexQueries({ phrase, words }: Question, known: readonly KnownWord[]): IndexQueries {
  const telling = known.filter((_, index) => words[index]?.minor !== true);
  const inNames = telling.map((word) => stemsOf(word).filter((stem) => stem.length >= TRIGRAM));
  const inTexts = telling.map(stemsOf);
  return {
    names: [
      ...(phrase.length >= TRIGRAM ? [quoted(phrase)] : []),
      ...expressions(
        inNames.filter((stems) => stems.length > 0),
        quoted,
      ),
    ],
    said: expressions(inTexts, (stem) => `${quoted(stem)}*`),
  };
}

/** All words, then any of them. */
function expressions(words: readonly (readonly string[])[], term: (stem: string) => string): string[] {
  const parts = words.map((stems) => `(${stems.map(term).join(' OR ')})`);
  if (parts.length === 0) return [];
  return parts.length === 1 ? parts : [parts.join(' AND '), parts.join(' OR ')];
}

function stemsOf({ forms }: KnownWord): string[] {
  return [...new Set(forms.map(({ stem }) => stem))];
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
