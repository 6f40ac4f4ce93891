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
import { spelledLike } from '../../src/core/url/spellings.ts';
import type { VisitedPage } from '../../src/model/fetched-page.ts';
import type { Discovery } from '../../src/model/frontier-url.ts';
import type { ListPosition, ListTrack } from '../../src/model/paginated-list.ts';
import type { PagePattern, ParsedPagination } from '../../src/model/pagination.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { Frontier } from '../../src/ports/frontier.ts';

/** The position of a page in a paginated list, and its links with the verdicts of that list. */
export interface TrackedPage {
  readonly links: readonly Discovery[];
  /** Null: the page's own pagination decides. */
  readonly listPosition: ListPosition | null;
}

/** Where the tracks are stored. */
export type TrackStore = Pick<Frontier, 'listTracks' | 'saveListTrack'>;

export interface ListTrackerParts {
  readonly frontier: TrackStore;
  readonly scope: Scope;
  /** Visit every page of a list, except of one that repeats itself without end. */
  readonly all: boolean;
}

/** Pages of one list that are added to the ledger as left out although no link to them was found. */
const MAX_ADDED_PAGES = 1000;

/**
 * Samples the paginated lists of a crawl: it visits a few pages of each, and the ledger holds the others as `sampled-out`.
 * The tracks are in the frontier's store, so that all workers of the crawl decide alike, and a restarted one as before. A
 * claimed page gets a second verdict, because it may have been found before its list was.
 */
export class ListTracker {
  readonly #parts: ListTrackerParts;

  constructor(parts: ListTrackerParts) {
    this.#parts = parts;
  }

  /** Why a list leaves this URL out; null if none does. */
  async verdict(url: string): Promise<UrlReason | null> {
    for (const { track, page } of await this.#listsOf(url)) {
      const reason = listVerdict(track, page, this.#parts.all);
      if (reason !== null) return reason;
    }
    return null;
  }

  /** Updates the tracks by a visited page. Returns its links with the verdict of its list, and the list's own pages. */
  async track(page: VisitedPage, links: readonly Discovery[]): Promise<TrackedPage> {
    const { pagination } = page.parsed;
    const sighting = pagination === null ? null : await this.#sightingOf(page, pagination);
    const positionWithout = await this.#trackWithoutPagination(page, sighting?.pattern.url ?? null);
    if (sighting === null) return { links, listPosition: positionWithout ?? scriptedPosition(page) };
    const track = await this.#save({ ...sighting, spelling: spellingOf(sighting.pattern, links) });
    return {
      links: this.#parts.all ? this.#withVerdicts(track, links) : this.#withOwnPages(track, page, links),
      listPosition: positionOf(sighting, pagination?.last ?? null),
    };
  }

  /**
   * A page of a tracked list that shows no pagination is the last one, unless it is one in the middle. Returns its
   * position, unless it shows another list (`shown`).
   */
  async #trackWithoutPagination(
    { claim, url, parsed }: VisitedPage,
    shown: string | null,
  ): Promise<ListPosition | null> {
    let position: ListPosition | null = null;
    for (const { track, page } of await this.#listsOf(url)) {
      if (track.pattern.url === shown) continue;
      const requested = pageNumberOn(track, claim.url);
      const { pattern } = track;
      const listHash = parsed.contentHash;
      await this.#save({ pattern, page, requested, last: page, hasNext: false, listHash });
      position ??= { pattern, page, last: null };
    }
    return position;
  }

  async #listsOf(url: string): Promise<readonly { track: ListTrack; page: number }[]> {
    const patterns = patternsOf(url);
    if (patterns.length === 0) return [];
    const tracks = await this.#parts.frontier.listTracks(patterns);
    return tracks.flatMap((track) => {
      const page = pageNumberOn(track, url);
      return page === null ? [] : [{ track, page }];
    });
  }

  /** Null for a list whose pages have no URLs of their own, and for a page whose number cannot be found out. */
  async #sightingOf(page: VisitedPage, pagination: ParsedPagination): Promise<ListSighting | null> {
    const { pattern, current, last, next, listHash } = pagination;
    if (pattern === null) return this.#cursorSighting(page, pagination);
    if (!this.#hasPageUrls(pattern)) return null;
    const requested = pageNumberIn(pattern, page.claim.url);
    return {
      pattern,
      page: current,
      requested,
      last: last ?? current ?? 1,
      hasNext: next !== null,
      listHash,
    };
  }

  /** Pages of a list with cursors are counted from the one without a previous page. */
  async #cursorSighting(
    { url }: VisitedPage,
    { next, prev, listHash }: ParsedPagination,
  ): Promise<ListSighting | null> {
    const pattern = cursorPattern(next ?? url);
    if (pattern === null) return null;
    const [track] = await this.#parts.frontier.listTracks([pattern.url]);
    const tracked = track === undefined ? null : pageNumberOn(track, url);
    const page = tracked ?? (prev === null && cursorPattern(url) === null ? 1 : null);
    if (page === null) return null;
    const urls = { own: url, next };
    return { pattern, page, requested: page, last: page, hasNext: next !== null, listHash, urls };
  }

  /** Pages that differ by the fragment only are one page to a crawl, and other hosts are not visited. */
  #hasPageUrls(pattern: PagePattern): boolean {
    return !pattern.url.includes('#') && this.#parts.scope.verdict(pageUrlIn(pattern, 2)) === null;
  }

  /** Tries again with the newer track if another worker has saved one in between. */
  async #save(sighting: ListSighting): Promise<ListTrack> {
    const { frontier } = this.#parts;
    for (;;) {
      const [stored = null] = await frontier.listTracks([sighting.pattern.url]);
      const track = sighted(stored, sighting);
      if (track === stored || (await frontier.saveListTrack(track))) return track;
    }
  }

  #withVerdicts(track: ListTrack, links: readonly Discovery[]): readonly Discovery[] {
    return links.map((link) => {
      const page = pageNumberOn(track, link.url);
      const skip =
        page === null || link.skip !== undefined ? null : listVerdict(track, page, this.#parts.all);
      return skip === null ? link : { ...link, skip };
    });
  }

  /** The sampled pages of the list are visited whether links lead there or not. */
  #withOwnPages(
    track: ListTrack,
    { claim, url }: VisitedPage,
    links: readonly Discovery[],
  ): readonly Discovery[] {
    const depth = claim.depth + 1;
    const own = this.#pagesOf(track).map((page): Discovery => {
      const pageUrl = pageUrlIn(track.pattern, page);
      const skip = this.#parts.scope.verdict(pageUrl) ?? listVerdict(track, page, false);
      const spelling = track.spelling === undefined ? undefined : spelledLike(pageUrl, track.spelling);
      const found = { url: pageUrl, host: splitUrl(pageUrl).host, depth, by: 'board', foundOn: url } as const;
      return {
        ...found,
        ...(skip === null ? {} : { skip }),
        ...(spelling === undefined ? {} : { spelling }),
      };
    });
    return [...this.#withVerdicts(track, links), ...own];
  }

  /** From the second page on: the first one often has a URL without a number. */
  #pagesOf(track: ListTrack): readonly number[] {
    if (track.pattern.step === 0) return [];
    const added = Array.from({ length: Math.min(track.last, MAX_ADDED_PAGES) }, (_, index) => index + 1);
    return [...new Set([...added, ...sampleOf(track)])].filter((page) => page > 1);
  }
}

/** How the site writes the first link to a page of the list. */
function spellingOf(pattern: PagePattern, links: readonly Discovery[]): string | undefined {
  return links.find(({ url }) => pageNumberIn(pattern, url) !== null)?.spelling;
}

function positionOf({ pattern, page }: ListSighting, last: number | null): ListPosition | null {
  return page === null ? null : { pattern, page, last };
}

/** A list whose pages a script loads without another URL: all of them are behind this one. */
function scriptedPosition({ url, parsed: { pagination } }: VisitedPage): ListPosition | null {
  if (pagination === null) return null;
  const { pattern, next, prev, last } = pagination;
  if (pattern !== null || next !== null || prev !== null) return null;
  return { pattern: { url, first: 1, step: 0 }, page: 1, last };
}
