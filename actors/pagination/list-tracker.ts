import { type ListSighting, listVerdict, sampleOf, sighted } from '../../src/core/pagination/list-track.ts';
import {
  cursorPattern,
  pageNumberIn,
  pageNumberOn,
  pageUrlIn,
  patternsOf,
} from '../../src/core/pagination/page-pattern.ts';
import { splitUrl } from '../../src/core/url/canonical-url.ts';
import type { Scope } from '../../src/core/url/scope.ts';
import type { VisitedPage } from '../../src/model/fetched-page.ts';
import type { Discovery } from '../../src/model/frontier-url.ts';
import type { ListPosition, ListTrack } from '../../src/model/paginated-list.ts';
import type { PagePattern, ParsedPagination } from '../../src/model/pagination.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { Frontier } from '../../src/ports/frontier.ts';

/** What a page means to its board, and the board to its links. */
export interface TrackedPage {
  readonly links: readonly Discovery[];
  /** Null leaves it to what the page's own pagination says. */
  readonly listPosition: ListPosition | null;
}

/** Where the state of each list is stored. */
export type TrackStore = Pick<Frontier, 'listTracks' | 'saveListTrack'>;

export interface ListTrackerParts {
  readonly frontier: TrackStore;
  readonly scope: Scope;
  /** Visit every page of a board; one that goes on without end is given up all the same. */
  readonly all: boolean;
}

/** Pages of one board that are told as left out although no link to them was seen. */
const TOLD_PAGES = 1000;

/**
 * Samples the boards of a crawl: a few pages of each are visited (DESIGN §1), and the others are in the ledger as
 * `sampled-out`. What is known of a board is kept in the frontier's store, so that all workers of the crawl decide alike,
 * and after a crash as before. A page is judged once more when it is claimed: it may have been found before its board was.
 */
export class ListTracker {
  readonly #parts: ListTrackerParts;

  constructor(parts: ListTrackerParts) {
    this.#parts = parts;
  }

  /** Why a board leaves this URL out; null if none does. */
  async verdict(url: string): Promise<UrlReason | null> {
    for (const { track, page } of await this.#boardsOf(url)) {
      const reason = listVerdict(track, page, this.#parts.all);
      if (reason !== null) return reason;
    }
    return null;
  }

  /** Learns from a page, and answers its links with the verdict of its board, and the board's own pages with them. */
  async sort(page: VisitedPage, links: readonly Discovery[]): Promise<TrackedPage> {
    const { pagination } = page.parsed;
    const sight = pagination === null ? null : await this.#sightOf(page, pagination);
    const silent = await this.#noteSilent(page, sight?.pattern.url ?? null);
    if (sight === null) return { links, listPosition: silent ?? scriptedPlace(page) };
    const track = await this.#note(sight);
    return {
      links: this.#parts.all ? this.#judged(track, links) : this.#sampled(track, page, links),
      listPosition: placeOf(sight, pagination?.last ?? null),
    };
  }

  /**
   * A page of a known board that shows no pagination: the last one, where it is not one in the middle. Answers its place,
   * unless it shows another board.
   */
  async #noteSilent({ claim, url, parsed }: VisitedPage, shown: string | null): Promise<ListPosition | null> {
    let place: ListPosition | null = null;
    for (const { track, page } of await this.#boardsOf(url)) {
      if (track.pattern.url === shown) continue;
      const asked = pageNumberOn(track, claim.url);
      const { pattern } = track;
      const listHash = parsed.contentHash;
      await this.#note({ pattern, page, asked, last: page, hasNext: false, listHash });
      place ??= { pattern, page, last: null };
    }
    return place;
  }

  async #boardsOf(url: string): Promise<readonly { track: ListTrack; page: number }[]> {
    const patterns = patternsOf(url);
    if (patterns.length === 0) return [];
    const tracks = await this.#parts.frontier.listTracks(patterns);
    return tracks.flatMap((track) => {
      const page = pageNumberOn(track, url);
      return page === null ? [] : [{ track, page }];
    });
  }

  /** What the page tells of its board; null if its board has no pages of its own, or where in it the page is cannot be told. */
  async #sightOf(page: VisitedPage, pagination: ParsedPagination): Promise<ListSighting | null> {
    const { pattern, current, last, next, listHash } = pagination;
    if (pattern === null) return this.#cursorSight(page, pagination);
    if (!this.#hasPages(pattern)) return null;
    const asked = pageNumberIn(pattern, page.claim.url);
    return { pattern, page: current, asked, last: last ?? current ?? 1, hasNext: next !== null, listHash };
  }

  /** Its pages are counted from the one that names no previous page. */
  async #cursorSight(
    { url }: VisitedPage,
    { next, prev, listHash }: ParsedPagination,
  ): Promise<ListSighting | null> {
    const pattern = cursorPattern(next ?? url);
    if (pattern === null) return null;
    const [track] = await this.#parts.frontier.listTracks([pattern.url]);
    const known = track === undefined ? null : pageNumberOn(track, url);
    const page = known ?? (prev === null && cursorPattern(url) === null ? 1 : null);
    if (page === null) return null;
    const urls = { own: url, next };
    return { pattern, page, asked: page, last: page, hasNext: next !== null, listHash, urls };
  }

  /** Pages that a script turns by the fragment are one page to a crawl, and other hosts are not visited. */
  #hasPages(pattern: PagePattern): boolean {
    return !pattern.url.includes('#') && this.#parts.scope.verdict(pageUrlIn(pattern, 2)) === null;
  }

  /** Keeps what the page tells. Another worker may have learnt something meanwhile: then what it learnt comes first. */
  async #note(sight: ListSighting): Promise<ListTrack> {
    const { frontier } = this.#parts;
    for (;;) {
      const [known = null] = await frontier.listTracks([sight.pattern.url]);
      const track = sighted(known, sight);
      if (track === known || (await frontier.saveListTrack(track))) return track;
    }
  }

  #judged(track: ListTrack, links: readonly Discovery[]): readonly Discovery[] {
    return links.map((link) => {
      const page = pageNumberOn(track, link.url);
      const skip =
        page === null || link.skip !== undefined ? null : listVerdict(track, page, this.#parts.all);
      return skip === null ? link : { ...link, skip };
    });
  }

  /** The pages that stand for the board are visited whether links lead there or not. */
  #sampled(track: ListTrack, { claim, url }: VisitedPage, links: readonly Discovery[]): readonly Discovery[] {
    const depth = claim.depth + 1;
    const own = this.#pagesOf(track).map((page): Discovery => {
      const pageUrl = pageUrlIn(track.pattern, page);
      const skip = this.#parts.scope.verdict(pageUrl) ?? listVerdict(track, page, false);
      const found = { url: pageUrl, host: splitUrl(pageUrl).host, depth, by: 'board', foundOn: url } as const;
      return skip === null ? found : { ...found, skip };
    });
    return [...this.#judged(track, links), ...own];
  }

  /** From the second on: the first page often has a URL without a number. */
  #pagesOf(track: ListTrack): readonly number[] {
    if (track.pattern.step === 0) return [];
    const told = Array.from({ length: Math.min(track.last, TOLD_PAGES) }, (_, index) => index + 1);
    return [...new Set([...told, ...sampleOf(track)])].filter((page) => page > 1);
  }
}

function placeOf({ pattern, page }: ListSighting, last: number | null): ListPosition | null {
  return page === null ? null : { pattern, page, last };
}

/** A list that a script turns or lengthens without another URL: all of it is behind this one. */
function scriptedPlace({ url, parsed: { pagination } }: VisitedPage): ListPosition | null {
  if (pagination === null) return null;
  const { pattern, next, prev, last } = pagination;
  if (pattern !== null || next !== null || prev !== null) return null;
  return { pattern: { url, first: 1, step: 0 }, page: 1, last };
}
