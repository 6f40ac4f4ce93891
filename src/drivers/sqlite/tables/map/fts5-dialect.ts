import type { QueryDialect } from '../../../../core/map/index-query.ts';

/** The trigram index finds nothing shorter. */
export const TRIGRAM = 3;

/** Words are quoted: to FTS5 they are text, whatever they hold. */
export const FTS5: QueryDialect = {
  name: (folded) => (folded.length < TRIGRAM ? '' : quoted(folded)),
  said: (stem) => `${quoted(stem)}*`,
};

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
