import { LRUCache } from 'lru-cache';
import { MAX_CACHED_URLS } from '../../../core/map/limits.ts';
import type { Neo4j, Run } from '../neo4j.ts';

/** Numbers that are reserved in the store at once. */
const RANGE = 20_000;

/**
 * Numbers that no other process has. They grow in one process and are never used again, so places are in the order in
 * which they were met. A range is reserved by a transaction of its own, so that writers do not wait for each other.
 */
export class Numbers {
  readonly #neo4j: Pick<Neo4j, 'write'>;
  #next = 0;
  #end = 0;
  #reserving: Promise<void> | null = null;

  constructor(neo4j: Pick<Neo4j, 'write'>) {
    this.#neo4j = neo4j;
  }

  /** Resolves to the first of so many numbers in a row. */
  async take(count: number): Promise<number> {
    // Other calls may have taken the range that this one has waited for.
    while (this.#next + count > this.#end) {
      this.#reserving ??= this.#reserve(Math.max(RANGE, count)).finally(() => {
        this.#reserving = null;
      });
      await this.#reserving;
    }
    const first = this.#next;
    this.#next += count;
    return first;
  }

  async #reserve(count: number): Promise<void> {
    const [row] = await this.#neo4j.write((run) =>
      run<{ end: number }>(
        `MERGE (c:COUNTER {name: 'n'}) ON CREATE SET c.value = 1
         SET c.value = c.value + $count RETURN c.value AS end`,
        { count },
      ),
    );
    this.#end = row?.end ?? 0;
    this.#next = this.#end - count;
  }
}

/** The URLs of the map by number. */
export class Places {
  readonly #numbers: Numbers;
  readonly #cache = new LRUCache<string, number>({ max: MAX_CACHED_URLS });

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  /** Numbers of URLs, which are given in the order of `urls` to those that have none. */
  async find(run: Run, urls: Iterable<string>): Promise<FoundPlaces> {
    const found = new Map<string, number>();
    const missing: string[] = [];
    for (const url of new Set(urls)) {
      const n = this.#cache.get(url);
      if (n === undefined) missing.push(url);
      else found.set(url, n);
    }
    const first = await this.#numbers.take(missing.length);
    const rows = missing.map((url, index) => ({ url, n: first + index })).sort(byUrl);
    const made = await run<{ url: string; n: number }>(
      'UNWIND $rows AS row MERGE (p:PLACE {url: row.url}) ON CREATE SET p.n = row.n RETURN p.url AS url, p.n AS n',
      { rows },
    );
    for (const { url, n } of made) found.set(url, n);
    return new FoundPlaces(found);
  }

  /** To be called once what was found is committed: a number never changes after that. */
  remember(found: FoundPlaces): void {
    for (const [url, n] of found.entries()) this.#cache.set(url, n);
  }
}

/** Numbers of the URLs that were looked for. */
export class FoundPlaces {
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(numbers: ReadonlyMap<string, number>) {
    this.#numbers = numbers;
  }

  of(url: string): number {
    const n = this.#numbers.get(url);
    if (n === undefined) throw new Error(`the number of ${url} was not looked for`);
    return n;
  }

  entries(): Iterable<[string, number]> {
    return this.#numbers.entries();
  }
}

/** Locks are taken in one order by all, so that no two transactions wait for each other. */
function byUrl(a: { readonly url: string }, b: { readonly url: string }): number {
  return a.url < b.url ? -1 : 1;
}
