import { describe, expect, it } from 'vitest';
import { everyPage, samplePages } from '../../../src/core/pagination/sampling.ts';

describe('the sampled pages of a list', () => {
  // Up to 5 pages: all. Up to 20: [1, 2, 3, last]. More: [1, 2, 3, 10, 20, last].
  it.each([
    [1, 'all', [1]],
    [2, 'all', [1, 2]],
    [5, 'all', [1, 2, 3, 4, 5]],
    [6, 'representative', [1, 2, 3, 6]],
    [20, 'representative', [1, 2, 3, 20]],
    [21, 'sampling', [1, 2, 3, 10, 20, 21]],
    [100, 'sampling', [1, 2, 3, 10, 20, 100]],
    [10_000, 'sampling', [1, 2, 3, 10, 20, 10_000]],
  ] as const)('of %i pages are %s', (total, strategy, pages) => {
    expect(samplePages(total)).toEqual({ strategy, pages });
  });

  it('are distinct and ascending for every total', () => {
    for (let total = 1; total <= 200; total++) {
      const { pages } = samplePages(total);
      expect(pages).toEqual([...new Set(pages)].toSorted((a, b) => a - b));
      expect([pages[0], pages.at(-1)]).toEqual([1, total]);
    }
  });

  it('are all of them if all are requested', () => {
    expect(everyPage(30)).toEqual({ strategy: 'all', pages: Array.from({ length: 30 }, (_, n) => n + 1) });
  });
});
