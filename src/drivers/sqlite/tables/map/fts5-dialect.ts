import type { QueryDialect } from '../../../../core/map/index-query.ts';

/** The trigram index finds nothing shorter. */
export const TRIGRAM = 3;
/** Words of one beginning that are named. */
export const MAX_NAMED = 10;

/**
 * Words are quoted: to FTS5 they are text, whatever they hold. A beginning is looked for by the words that have it: of a
 * word FTS5 reads what a query comes to, of a beginning all texts each time that the query mentions it.
 *
 * @param wordsWith words of the map with a beginning: all of them, unless there are more than `MAX_NAMED`.
 */
export function fts5Dialect(wordsWith: (beginning: string) => readonly string[]): QueryDialect {
  return {
    name: (folded) => (folded.length < TRIGRAM ? '' : quoted(folded)),
    said: (stem) => {
      const words = wordsWith(stem);
      if (words.length === 0 || words.length > MAX_NAMED) return `${quoted(stem)}*`;
      return words.length === 1 ? words.map(quoted).join() : `(${words.map(quoted).join(' OR ')})`;
    },
  };
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
