import { Known } from '../../src/core/known.ts';
import type { Discovery } from '../../src/model/frontier-url.ts';

/** URLs that are remembered, some 20 MB. */
const REMEMBERED = 100_000;

/**
 * URLs that the frontier was told of in this run. Most links of a page are on many others too, and telling of them again
 * changes nothing, unless a limit of depth makes a shorter way count.
 */
export class SeenUrls {
  readonly #urls = new Known<true>(REMEMBERED);

  /** The links that the frontier may not know. */
  newOnes(links: readonly Discovery[]): readonly Discovery[] {
    return links.filter(({ url, by }) => by !== 'link' || this.#urls.get(url) === undefined);
  }

  add(links: readonly Discovery[]): void {
    for (const { url } of links) this.#urls.add(url, true);
  }
}
