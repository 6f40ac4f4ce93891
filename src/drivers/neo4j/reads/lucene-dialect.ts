import type { QueryDialect } from '../../../core/map/index-query.ts';
import { grams, hasGrams } from '../grams.ts';

/** A thing's own name tells more than what others call it. */
const WEIGHTS = { title: 10, heading: 6, link: 3 } as const;

/**
 * Names are found by their grams as a phrase. In texts the word itself is ranked by how often it is said; longer words
 * that begin with it only count. Terms are quoted: folded words hold nothing that means something to Lucene, but words
 * such as AND do.
 */
export const LUCENE: QueryDialect = {
  name: (folded) => (hasGrams(folded) ? anyField(quoted(grams(folded))) : ''),
  said: (stem) => `(${quoted(stem)} OR ${stem}*)`,
};

function anyField(phrase: string): string {
  const fields = Object.entries(WEIGHTS).map(([field, weight]) => `${field}:${phrase}^${weight}`);
  return `(${fields.join(' OR ')})`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
