import type { KnownWord, Question } from '../../ports/graph-store.ts';

/** Texts that a lax query may match: all of them are judged. */
const MOST_MATCHED = 10_000;

/** How a full-text index is asked. What is given is folded: letters, digits and, in a phrase, single spaces. */
export interface QueryDialect {
  /** Names that hold the text anywhere; empty if the index finds nothing so short. */
  readonly name: (folded: string) => string;
  /** Texts that hold a word with this beginning. */
  readonly said: (stem: string) => string;
}

/** Expressions for the full-text indexes, joined by AND, OR and brackets, the strictest first. */
export interface IndexQueries {
  readonly names: readonly string[];
  readonly said: readonly string[];
}

export function indexQueries(
  { phrase, words }: Question,
  known: readonly KnownWord[],
  dialect: QueryDialect,
): IndexQueries {
  const telling = known.filter((_, index) => words[index]?.minor !== true);
  const name = (word: KnownWord) => anyOf(stemsOf(word).map(dialect.name));
  const said = (word: KnownWord) => anyOf(stemsOf(word).map(dialect.said));
  const rare = rarest(telling);
  return {
    names: distinct([dialect.name(phrase), allOf(telling.map(name)), anyOf(rare.map(name))]),
    said: distinct([allOf(telling.map(said)), anyOf(rare.map(said))]),
  };
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
