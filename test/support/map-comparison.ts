import { isDeepStrictEqual } from 'node:util';
import { parseQuery } from '../../src/core/map/match.ts';
import type { PageDetail } from '../../src/model/page.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import { SeededRandom } from './seeded-random.ts';

export interface ComparisonSize {
  /** Pairs of pages with compared paths. */
  readonly paths: number;
  /** Pages with compared in-links. */
  readonly inLinks: number;
  /** Number of queries generated from words of the site. */
  readonly queries: number;
}

/** Number of comparisons, and a description of each difference. */
export interface Compared {
  readonly what: string;
  compared: number;
  readonly differences: string[];
}

const PAGES_AT_ONCE = 100;
const LIST_PAGES = 50;
const LINKS_AT_ONCE = 1000;
const MAX_STEPS = 30;

/** Compares two maps of the same crawl by every query of the API. */
export class MapComparison {
  readonly #one: GraphStore;
  readonly #other: GraphStore;
  readonly #site: string;
  readonly #random = new SeededRandom(11);
  readonly #results: Compared[] = [];

  /** @param site URL of the site's root. */
  constructor(one: GraphStore, other: GraphStore, site: string) {
    this.#one = one;
    this.#other = other;
    this.#site = site;
  }

  /** @param queries further queries, beside those generated from the site's words. */
  async run(queries: readonly string[], size: ComparisonSize): Promise<readonly Compared[]> {
    const pages = await this.#outline();
    await this.#siteOverview();
    await this.#exports();
    await this.#paths(pages, size.paths);
    await this.#inLinks(pages, size.inLinks);
    await this.#queries(pages, [...queries, ...(await this.#madeUp(pages, size.queries))]);
    return this.#results;
  }

  /** Compares pages by depth with their sections, and each page in full. Returns their URLs. */
  async #outline(): Promise<readonly string[]> {
    const result = this.#begin('pages in the outline, with their sections');
    const urls: string[] = [];
    for (let cursors: readonly (string | null)[] = [null, null]; ; ) {
      const query = { limit: PAGES_AT_ONCE, preview: 200 };
      const [one, other] = await Promise.all([
        this.#one.structure(this.#site, { ...query, cursor: cursors[0] ?? null }),
        this.#other.structure(this.#site, { ...query, cursor: cursors[1] ?? null }),
      ]);
      same(result, this.#site, [one?.site, one?.subRoots], [other?.site, other?.subRoots]);
      for (const [index, page] of (one?.pages ?? []).entries()) {
        same(result, page.url, page, other?.pages[index]);
        urls.push(page.url);
      }
      same(result, 'the end', one?.next == null, other?.next == null);
      if (one?.next == null || other?.next == null) return urls;
      cursors = [one.next, other.next];
    }
  }

  async #siteOverview(): Promise<void> {
    const result = this.#begin('paginated lists and groups');
    const read = (graph: GraphStore) => graph.siteOverview(this.#site, LIST_PAGES);
    same(result, this.#site, await read(this.#one), await read(this.#other));
  }

  async #exports(): Promise<void> {
    const result = this.#begin('pages in the export, with sections and links');
    const [one, other] = await Promise.all([this.#exported(this.#one), this.#exported(this.#other)]);
    same(result, 'number of pages', one.size, other.size);
    for (const [url, page] of one) same(result, url, page, other.get(url));
  }

  async #exported(graph: GraphStore): Promise<ReadonlyMap<string, PageDetail>> {
    const found = new Map<string, PageDetail>();
    for (let cursor: string | null = null; ; ) {
      const part = await graph.sitePages(this.#site, { cursor, limit: PAGES_AT_ONCE });
      for (const page of part?.pages ?? []) found.set(page.url, page);
      if (part?.next == null) return found;
      cursor = part.next;
    }
  }

  async #paths(pages: readonly string[], pairs: number): Promise<void> {
    const result = this.#begin('paths between two pages');
    for (let n = 0; n < pairs; n += 1) {
      const [from, url] = [this.#random.pick(pages), this.#random.pick(pages)];
      const query = { from, to: [{ url, fragment: null }], maxClicks: MAX_STEPS };
      same(result, `${from} to ${url}`, await this.#one.paths(query), await this.#other.paths(query));
    }
  }

  async #inLinks(pages: readonly string[], count: number): Promise<void> {
    const result = this.#begin('in-links of a page');
    for (let n = 0; n < Math.min(count, pages.length); n += 1) {
      const url = this.#random.pick(pages);
      const read = async (graph: GraphStore) =>
        (await graph.inLinks(url, { cursor: null, limit: LINKS_AT_ONCE }))?.links;
      same(result, url, await read(this.#one), await read(this.#other));
    }
  }

  /** Compares matches, scores, snippets and routes. */
  async #queries(pages: readonly string[], texts: readonly string[]): Promise<void> {
    const routes = this.#begin('routes to matches, with alternatives');
    const hits = this.#begin('search hits, down to the tenth');
    for (const text of texts) {
      const query = parseQuery(text);
      if (query === null) continue;
      const from = this.#random.pick(pages);
      const route = async (graph: GraphStore) => {
        const found = await graph.navigate({ from, query, maxSteps: MAX_STEPS, alternatives: 2 });
        if (found === null) throw new Error(`${from} should be on the map`);
        return found;
      };
      const search = async (graph: GraphStore) =>
        (await graph.search({ query, site: this.#site, limit: 10 }))?.hits ?? [];
      same(routes, `${text} (from ${from})`, await route(this.#one), await route(this.#other));
      const [one, other] = [await search(this.#one), await search(this.#other)];
      for (let rank = 0; rank < Math.max(one.length, other.length); rank += 1)
        same(hits, `${text}, ${rank + 1}`, one[rank], other[rank]);
    }
  }

  /** Queries from headings, words of texts, misspelt words and prefixes. */
  async #madeUp(pages: readonly string[], count: number): Promise<readonly string[]> {
    const texts: string[] = [];
    while (texts.length < count) {
      const page = await this.#one.page(this.#random.pick(pages));
      const section = this.#random.pick(page?.sectionRows ?? []);
      if (section === undefined) continue;
      const words = section.text.split(/\s+/).filter((word) => word.length > 3);
      const word = words.length === 0 ? 'nothing' : this.#random.pick(words);
      const other = words.length === 0 ? 'here' : this.#random.pick(words);
      texts.push(section.heading ?? section.type, `${word} ${other}`, swapped(word), word.slice(0, 4));
    }
    return texts.slice(0, count);
  }

  #begin(what: string): Compared {
    const result = { what, compared: 0, differences: [] };
    this.#results.push(result);
    return result;
  }
}

function same(result: Compared, what: string, one: unknown, other: unknown): void {
  result.compared += 1;
  if (isDeepStrictEqual(one, other)) return;
  result.differences.push(`${what}: ${firstDifference('', one, other)}`);
}

/** The first difference of two values. */
function firstDifference(path: string, one: unknown, other: unknown): string {
  if (isObject(one) && isObject(other)) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
      if (!isDeepStrictEqual(one[key], other[key]))
        return firstDifference(`${path}.${key}`, one[key], other[key]);
  }
  return `${path} ${shortly(one)} | ${shortly(other)}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function shortly(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 200);
}

/** Swaps two letters in the middle. */
function swapped(word: string): string {
  const at = Math.floor(word.length / 2);
  return word.slice(0, at - 1) + (word[at] ?? '') + (word[at - 1] ?? '') + word.slice(at + 1);
}
