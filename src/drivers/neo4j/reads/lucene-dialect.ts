import type { QueryDialect } from '../../../core/map/index-query.ts';
import { grams, hasGrams } from '../grams.ts';

/**
 * Names are found by their grams as a phrase. Folded words hold nothing that means something to Lucene; its AND, OR and
 * NOT are upper case.
 */
export const LUCENE: QueryDialect = {
  name: (folded) => (hasGrams(folded) ? quoted(grams(folded)) : ''),
  said: (stem) => `${stem}*`,
};

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
