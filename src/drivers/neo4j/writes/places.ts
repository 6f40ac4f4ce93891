import { LRUCache } from 'lru-cache';
import type { Run } from '../neo4j.ts';
import type { Numbers } from '../numbers.ts';

/** URLs whose numbers are kept at hand: menus lead to the same ones from every page. */
const KEPT = 20_000;

/** The URLs of the map by number. */
export class Places {
  readonly #numbers: Numbers;
  readonly #known = new LRUCache<string, number>({ max: KEPT });

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  /** Numbers of URLs, which are given in the order of `urls` to those that have none. */
  async find(run: Run, urls: Iterable<string>): Promise<FoundPlaces> {
    const found = new Map<string, number>();
    const asked: string[] = [];
    for (const url of new Set(urls)) {
      const n = this.#known.get(url);
      if (n === undefined) asked.push(url);
      else found.set(url, n);
    }
    const first = await this.#numbers.take(asked.length);
    const rows = asked.map((url, index) => ({ url, n: first + index })).sort(byUrl);
    const made = await run<{ url: string; n: number }>(
      'UNWIND $rows AS row MERGE (p:PLACE {url: row.url}) ON CREATE SET p.n = row.n RETURN p.url AS url, p.n AS n',
      { rows },
    );
    for (const { url, n } of made) found.set(url, n);
    return new FoundPlaces(found);
  }

  /** To be called once what was found is committed: a number never changes after that. */
  remember(found: FoundPlaces): void {
    for (const [url, n] of found.entries()) this.#known.set(url, n);
  }
}

/** Numbers that were asked for. */
export class FoundPlaces {
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(numbers: ReadonlyMap<string, number>) {
    this.#numbers = numbers;
  }

  of(url: string): number {
    const n = this.#numbers.get(url);
    if (n === undefined) throw new Error(`the number of ${url} was not asked for`);
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
