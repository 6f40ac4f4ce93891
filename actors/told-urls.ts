import type { Discovery } from '../src/ports/frontier.ts';

/** URLs that are remembered at least; twice as many at most, some 20 MB. */
const REMEMBERED = 50_000;

/**
 * URLs that the frontier was told of in this run. Most links of a page are on many others too, and telling of them again
 * changes nothing, unless a limit of depth makes a shorter way count.
 */
export class ToldUrls {
  #newer = new Set<string>();
  #older = new Set<string>();

  /** The links that the frontier may not know. */
  newOnes(links: readonly Discovery[]): readonly Discovery[] {
    return links.filter(({ url, by }) => by !== 'link' || !this.#has(url));
  }

  add(links: readonly Discovery[]): void {
    for (const { url } of links) this.#add(url);
  }

  #has(url: string): boolean {
    if (this.#newer.has(url)) return true;
    if (!this.#older.has(url)) return false;
    this.#add(url);
    return true;
  }

  #add(url: string): void {
    this.#newer.add(url);
    if (this.#newer.size < REMEMBERED) return;
    this.#older = this.#newer;
    this.#newer = new Set();
  }
}
