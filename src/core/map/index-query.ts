import type { SearchQuery, SearchWord } from '../../model/search-query.ts';
import type { QueryDialect } from '../../ports/search-index.ts';

/** Texts that a query may match, estimated from the counts of its words; and matches that stores sort. */
export const MAX_MATCHED = 5000;
/** Indexes of names hold all runs of so many letters: they find nothing shorter. */
export const NAME_GRAM = 3;
/** The rarest words of a query, of which some may be missing. */
const COMBINED = 4;

/** Queries for the full-text indexes, the strictest first. */
export interface IndexQueries {
  readonly names: readonly string[];
  readonly texts: readonly string[];
}

export function indexQueries(
  query: SearchQuery,
  words: readonly SearchWord[],
  dialect: QueryDialect,
): IndexQueries {
  const naming = (folded: string) => (folded.length < NAME_GRAM ? '' : dialect.name(folded));
  const significant = words.filter((_, index) => query.words[index]?.minor !== true);
  const names = fewerAndFewer(significant, naming);
  return {
    names: names.length > 0 ? names : distinct([naming(query.phrase)]),
    texts: fewerAndFewer(significant, dialect.text),
  };
}

/** A query to the index for one word. */
interface Term {
  readonly query: string;
  /** Texts that contain the word. */
  readonly documents: number;
}

/** All words, unless they are many; then of the rarest ones all, all but one, and so on. */
function fewerAndFewer(words: readonly SearchWord[], query: (stem: string) => string): readonly string[] {
  const terms = words
    .map((word): Term => ({ query: anyOf(stemsOf(word).map(query)), documents: word.documents }))
    .filter((term) => term.query !== '');
  const found = terms.filter(({ documents }) => documents > 0);
  const rare = found.toSorted((a, b) => a.documents - b.documents).slice(0, COMBINED);
  const elsewhere = terms.filter(({ documents }) => documents === 0);
  const counts = Array.from({ length: Math.max(0, rare.length - 1) }, (_, missing) => rare.length - missing);
  return distinct([
    elsewhere.length > 0 ? anyCombination([terms]) : '',
    ...counts.map((count) => someOf(rare, count)),
    someOf([...rare, ...elsewhere], 1),
  ]);
}

/** Matches so many of the words: the rarest combination, and other rare ones up to the limit of matches. */
function someOf(terms: readonly Term[], count: number): string {
  let matched = 0;
  const affordable = combinations(terms, count)
    .map((some) => ({ some, documents: Math.min(...some.map(({ documents }) => documents)) }))
    .sort((a, b) => a.documents - b.documents)
    .filter(({ documents }, index) => {
      matched += documents;
      return index === 0 || matched <= MAX_MATCHED;
    });
  return anyCombination(affordable.map(({ some }) => some));
}

/** Combinations of one length, by what they begin with: a term that several share is searched once. */
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

function stemsOf({ forms }: SearchWord): string[] {
  return [...new Set(forms.map(({ stem }) => stem))];
}
