import { describe, expect, it } from 'vitest';
import { indexQueries } from '../../../src/core/map/index-query.ts';
import { nameRank, textRank } from '../../../src/core/map/index-rank.ts';
import { parseQuery } from '../../../src/core/map/match.ts';
import { linkName, type Name } from '../../../src/core/map/names.ts';
import type { QueryDialect } from '../../../src/ports/search-index.ts';

const PLAIN: QueryDialect = {
  name: (folded) => `~${folded}`,
  text: (stem) => `${stem}*`,
};

/** The queries to the indexes for words that are in so many texts. */
function queries(text: string, documents: readonly number[]) {
  const query = parseQuery(text);
  if (query === null) throw new Error(`“${text}” has no word`);
  const counted = query.words.map((word, index) => ({
    forms: [{ text: word.text, stem: word.text, likeness: 1 }],
    documents: documents[index] ?? 0,
  }));
  return indexQueries(query, counted, PLAIN);
}

describe('queries to the full-text indexes', () => {
  it('contain one word as it is', () => {
    expect(queries('harbour', [7])).toEqual({ names: ['~harbour'], texts: ['harbour*'] });
  });

  it('require all words, then fewer and fewer of them', () => {
    expect(queries('winter harbour prices', [30, 20, 10]).texts).toEqual([
      '(prices* AND (harbour* AND winter*))',
      '((prices* AND (harbour* OR winter*)) OR (harbour* AND winter*))',
      '(prices* OR harbour* OR winter*)',
    ]);
  });

  it('leave out what stands in too many texts, the commonest first', () => {
    expect(queries('winter harbour prices', [4000, 4500, 600]).texts).toEqual([
      '(prices* AND (winter* AND harbour*))',
      '(prices* AND (winter* OR harbour*))',
      '(prices* OR winter*)',
    ]);
  });

  it('contain the rarest word although too many texts have it', () => {
    expect(queries('winter', [9000]).texts).toEqual(['winter*']);
    expect(queries('winter harbour', [9000, 8000]).texts).toEqual(['(harbour* AND winter*)', 'harbour*']);
  });

  it('combine the four rarest words of a long query', () => {
    const { texts } = queries('winter harbour prices lantern market kiln', [6, 5, 4, 3, 2, 1]);
    expect(texts[0]).toBe('(kiln* AND (market* AND (lantern* AND prices*)))');
    expect(texts).toHaveLength(4);
    expect(texts.at(-1)).toBe('(kiln* OR market* OR lantern* OR prices*)');
  });

  it('contain a word that no text has only together with all, or alone', () => {
    expect(queries('winter zeppelin', [5, 0]).texts).toEqual([
      '(winter* AND zeppelin*)',
      '(zeppelin* OR winter*)',
    ]);
  });

  it('contain the phrase if no word is long enough for the index', () => {
    expect(queries('c go', [5, 5]).names).toEqual(['~c go']);
  });
});

describe('the rank of names and texts', () => {
  const name = (text: string, about: Partial<Name> = {}) =>
    nameRank({
      url: 'http://a.test/b',
      kind: 'title',
      fragment: '',
      text,
      folded: text,
      order: null,
      ...about,
    });

  it('puts first what is called by fewer words, by its own name, and as a page', () => {
    const ranks = [
      name('Prices'),
      name('Prices', { kind: 'heading', order: 3 }),
      name('Prices', { kind: 'link' }),
      name('Winter prices'),
      name('Prices of the winter market'),
    ];
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(new Set(ranks).size).toBe(ranks.length);
  });

  it('does not count what a title says of the site, nor little words', () => {
    expect(name('Prices | Saltmere Library')).toBeLessThan(name('Winter prices'));
    expect(name('The prices of it')).toBeLessThan(name('Winter prices'));
  });

  it('puts upper pages of the site before those below, and short texts before long ones', () => {
    expect(name('Prices', { url: 'http://a.test/b' })).toBeLessThan(
      name('Prices', { url: 'http://a.test/b/c' }),
    );
    expect(textRank('prices', 'one')).toBeLessThan(textRank('prices and more', 'other'));
  });

  it('is the same for the same thing, wherever it was found, and a whole number', () => {
    const link = { url: 'http://a.test/b', fragment: 'x', text: 'Prices', role: 'link', rel: [], section: 1 };
    const [one, other] = [linkName(link), linkName({ ...link, section: 9 })];
    expect(one && nameRank(one)).toBe(other && nameRank(other));
    expect(Number.isSafeInteger(one && nameRank(one))).toBe(true);
    expect(Number.isSafeInteger(textRank('x'.repeat(1_000_000), 'long'))).toBe(true);
  });
});
