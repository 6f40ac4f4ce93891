import { describe, expect, it } from 'vitest';
import type { Run } from '../../../../src/drivers/neo4j/neo4j.ts';
import { Numbers } from '../../../../src/drivers/neo4j/writes/places.ts';

/** The counter in the store. */
class Counter {
  #end = 1;

  async write<T>(work: (run: Run) => Promise<T>): Promise<T> {
    const run = async (_: string, { count }: { count?: number } = {}) => {
      this.#end += count ?? 0;
      return [{ end: this.#end }];
    };
    return work(run as Run);
  }
}

describe('numbers of the store', () => {
  it('are each given once, in all processes, however many calls take them at the same time', async () => {
    const counter = new Counter();
    const [one, other] = [new Numbers(counter), new Numbers(counter)];
    const counts = [15_000, 20_000, 9000, 1, 25_000, 3, 5];
    const firsts = await Promise.all(
      counts.map((count, index) => (index === counts.length - 1 ? other : one).take(count)),
    );
    const ranges = firsts
      .map((first, index) => [first, first + (counts[index] ?? 0)] as const)
      .sort(([a], [b]) => a - b);
    for (const [index, [first]] of ranges.entries())
      expect(first, `range ${index}`).toBeGreaterThanOrEqual(ranges[index - 1]?.[1] ?? 1);
  });
});
