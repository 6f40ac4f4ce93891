import type { KnownWord, Question } from '../../model/question.ts';

/** Texts that a query may match, as far as the counts of its words tell, and matches that stores put in order. */
export const MAX_MATCHED = 5000;
/** The rarest words of a question, of which some may be missing. */
const COMBINED = 4;

/** How a full-text index is asked. What is given is folded: letters, digits and, in a phrase, single spaces. */
export interface QueryDialect {
  /** Names that hold the text anywhere; empty if the index finds nothing so short. */
  readonly name: (folded: string) => string;
  /** Texts that hold a word with this beginning. */
  readonly said: (stem: string) => string;
}

/**
 * Expressions for the full-text indexes, joined by AND, OR and brackets, the strictest first. What an earlier one matches
 * is taken before what a later one does.
 */
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
  const names = fewerAndFewer(telling, dialect.name);
  return {
    names: names.length > 0 ? names : distinct([dialect.name(phrase)]),
    said: fewerAndFewer(telling, dialect.said),
  };
}

/** What one word of a question is looked for by. */
interface Term {
  readonly query: string;
  /** Texts that have the word. */
  readonly documents: number;
}

/** All words, unless they are many; then of the rarest ones all, all but one, and so on. */
function fewerAndFewer(words: readonly KnownWord[], query: (stem: string) => string): readonly string[] {
  const terms = words
    .map((word): Term => ({ query: anyOf(stemsOf(word).map(query)), documents: word.documents }))
    .filter((term) => term.query !== '');
  const said = terms.filter(({ documents }) => documents > 0);
  const rare = said.toSorted((a, b) => a.documents - b.documents).slice(0, COMBINED);
  const elsewhere = terms.filter(({ documents }) => documents === 0);
  const counts = Array.from({ length: Math.max(0, rare.length - 1) }, (_, missing) => rare.length - missing);
  return distinct([
    elsewhere.length > 0 ? anyCombination([terms]) : '',
    ...counts.map((count) => someOf(rare, count)),
    someOf([...rare, ...elsewhere], 1),
  ]);
}

/** What has so many of the words: the rarest combination, and as many others as can be afforded. */
function someOf(terms: readonly Term[], count: number): string {
  let matched = 0;
  const affordable = combinations(terms, count)
    .map((some) => ({ some, most: Math.min(...some.map(({ documents }) => documents)) }))
    .sort((a, b) => a.most - b.most)
    .filter(({ most }, index) => {
      matched += most;
      return index === 0 || matched <= MAX_MATCHED;
    });
  return anyCombination(affordable.map(({ some }) => some));
}

/** Combinations of one length, by what they begin with: a term that several have is looked for once. */
function anyCombination(combinations: readonly (readonly Term[])[]): string {
  const byFirst = Map.groupBy(combinations, ([first]) => first?.query ?? '');
  return anyOf(
    [...byFirst].map(([first, some]) => {
      const rest = anyCombination(some.map(([, ...others]) => others).filter(({ length }) => length > 0));
      return rest === '' ? first : `(${first} AND ${rest})`;
    }),
  );
}

function combinations<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
  if (count === 0) return [[]];
  return items.flatMap((item, index) =>
    combinations(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]),
  );
}

function anyOf(queries: readonly string[]): string {
  const some = queries.filter((query) => query !== '');
  return some.length > 1 ? `(${some.join(' OR ')})` : (some[0] ?? '');
}

function distinct(queries: readonly string[]): readonly string[] {
  return [...new Set(queries)].filter((query) => query !== '');
}

function stemsOf({ forms }: KnownWord): string[] {
  return [...new Set(forms.map(({ stem }) => stem))];
}
