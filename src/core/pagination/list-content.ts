import type { ParsedPage, SectionType } from '../../model/parsed-page.ts';
import { contentHash } from '../html/content-hash.ts';

/** Section types that are not part of the list itself. */
const FURNITURE: ReadonlySet<SectionType> = new Set<SectionType>([
  'header',
  'navigation',
  'footer',
  'aside',
  'breadcrumb',
  'pagination',
  'search',
  'banner',
  'dialog',
]);
const NUMBERS = /\d+/g;
/** How a page says its own number, in a heading above the list or a line below it. */
const OWN_NUMBER =
  /(?:page|seite|página|pagina|strana|페이지|쪽)\s?#?\d{1,7}|\d{1,7}\s?(?:페이지|쪽)|\d{1,7}\s?(?:of|\/)\s?\d{1,7}/gi;

/**
 * Hash of the items on a page of a paginated list: equal for pages with the same items, whatever page number they show.
 * `isListPage` recognises links to other pages of the list.
 */
export function listHash(
  { sections, links }: Pick<ParsedPage, 'sections' | 'links'>,
  isListPage: (url: string) => boolean,
): string {
  const turning = new Set(links.filter(({ url }) => isListPage(url)).map(({ section }) => section));
  const parts = new Map<number, string[]>();
  for (const { type, order, text } of sections) {
    if (FURNITURE.has(type)) continue;
    // A bar of page numbers without a section of its own is part of the text.
    parts.set(order, [text.replace(turning.has(order) ? NUMBERS : OWN_NUMBER, '')]);
  }
  for (const { section, url } of links) if (!isListPage(url)) parts.get(section)?.push(url);
  return contentHash([...parts.values()].flat());
}

/** Pages in a row that must list the same. Two may be alike by chance, as where a short last page is shown twice. */
export const REPEATS_IN_A_ROW = 3;

/** Detects a list without end: from some page on, all its pages show the same items, or none. */
export class RepeatDetector {
  readonly #position: ReadonlyMap<number, number>;
  readonly #hashes: (string | undefined)[];

  /** `pages` are the numbers of the pages that will be visited, ascending. They may be seen in any order. */
  constructor(pages: readonly number[]) {
    this.#position = new Map(pages.map((page, index) => [page, index]));
    this.#hashes = new Array(pages.length).fill(undefined);
  }

  /** Records the items of a page; returns whether several pages in a row, with this one, show the same items. */
  see(page: number, hash: string): boolean {
    const position = this.#position.get(page);
    if (position === undefined) return false;
    this.#hashes[position] = hash;
    return 1 + this.#alike(position, hash, -1) + this.#alike(position, hash, 1) >= REPEATS_IN_A_ROW;
  }

  /** Neighbours on one side that list the same, as far as it matters. */
  #alike(position: number, hash: string, direction: 1 | -1): number {
    let count = 0;
    while (count < REPEATS_IN_A_ROW && this.#hashes[position + direction * (count + 1)] === hash) count++;
    return count;
  }
}
