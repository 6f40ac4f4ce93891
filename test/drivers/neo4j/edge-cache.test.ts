import { describe, expect, it } from 'vitest';
import { EdgeCache, Neighbourhood } from '../../../src/drivers/neo4j/reads/edge-cache.ts';

/** Nodes with so many edges each. */
function nodes(numbers: readonly number[], edges: number): Neighbourhood {
  const found = new Neighbourhood();
  for (const of of numbers) {
    const to = Array.from({ length: edges }, (_, n) => n);
    found.set('links', { of, to, costs: to, labels: [] });
  }
  return found;
}

function kept(cache: EdgeCache, numbers: readonly number[]): readonly number[] {
  return numbers.filter((n) => cache.get('links', n) !== undefined);
}

describe('edges that are kept at hand', () => {
  it('hold as long as nothing was written', () => {
    const cache = new EdgeCache(100);
    cache.turnTo(['one']);
    cache.keep(nodes([1], 2), ['one'], ['one']);
    expect(kept(cache, [1, 2])).toEqual([1]);
    expect(cache.get('shows', 1)).toBeUndefined();
    cache.turnTo(['one']);
    expect(kept(cache, [1])).toEqual([1]);
    cache.turnTo(['two']);
    expect(kept(cache, [1])).toEqual([]);
  });

  it('are not those that were read while something was written', () => {
    const cache = new EdgeCache(100);
    cache.turnTo(['one']);
    cache.keep(nodes([1], 2), ['one'], ['two']);
    cache.turnTo(['two']);
    cache.keep(nodes([2], 2), ['one'], ['two']);
    cache.keep(nodes([3], 2), ['two'], ['two']);
    expect(kept(cache, [1, 2, 3])).toEqual([3]);
  });

  it('are a bounded many: those that are used stay', () => {
    const cache = new EdgeCache(40);
    cache.turnTo(['one']);
    for (let n = 1; n <= 50; n += 1) {
      cache.keep(nodes([n], 3), ['one'], ['one']);
      cache.get('links', 1);
    }
    const all = kept(
      cache,
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
    expect(all).toContain(1);
    expect(all).toContain(50);
    expect(all.length).toBeLessThanOrEqual(40 / 4 + 2);
  });
});
