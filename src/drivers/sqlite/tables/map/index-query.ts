import type { KnownWord, Question } from '../../../../ports/graph-store.ts';

/** The trigram index finds nothing shorter. */
const TRIGRAM = 3;

/** Texts that a lax query may match: all of them are judged. */
const MOST_MATCHED = 10_000;

/** Expressions for the full-text indexes, the strictest first. Words are quoted: to FTS5 they are text, whatever they hold. */
export interface IndexQueries {
  readonly names: readonly string[];
  readonly said: readonly string[];
}

export function indexQueries({ phrase, words }: Question, known: readonly KnownWord[]): IndexQueries {
  const telling = known.filter((_, index) => words[index]?.minor !== true);
  const name = (word: KnownWord) => anyOf(stemsOf(word).filter(isLong).map(quoted));
  const said = (word: KnownWord) => anyOf(stemsOf(word).map((stem) => `${quoted(stem)}*`));
  const rare = rarest(telling);
  return {
    names: distinct([isLong(phrase) ? quoted(phrase) : '', allOf(telling.map(name)), anyOf(rare.map(name))]),
    said: distinct([allOf(telling.map(said)), anyOf(rare.map(said))]),
  };
}

function isLong(stem: string): boolean {
  return stem.length >= TRIGRAM;
}

/** The words that stand in the fewest texts, as many as can be afforded. */
function rarest(words: readonly KnownWord[]): readonly KnownWord[] {
  let matched = 0;
  return words
    .toSorted((a, b) => a.documents - b.documents)
    .filter(({ documents }) => {
      matched += documents;
      return matched <= MOST_MATCHED;
    });
}

function allOf(terms: readonly string[]): string {
  return terms.filter((term) => term !== '').join(' AND ');
}

function anyOf(terms: readonly string[]): string {
  const some = terms.filter((term) => term !== '');
  return some.length > 1 ? `(${some.join(' OR ')})` : (some[0] ?? '');
}

function distinct(queries: readonly string[]): readonly string[] {
  return [...new Set(queries)].filter((query) => query !== '');
}

function stemsOf({ forms }: KnownWord): string[] {
  return [...new Set(forms.map(({ stem }) => stem))];
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
