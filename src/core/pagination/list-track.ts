import type { ListContent, ListTrack } from '../../model/paginated-list.ts';
import type { PagePattern } from '../../model/pagination.ts';
import type { UrlReason } from '../../model/reason.ts';
import { REPEATS_IN_A_ROW } from './list-content.ts';
import { samplePages, TAKEN_WHOLE } from './sampling.ts';

/** What one page shows about its list. If its pattern counts differently from that of the track, the track's applies. */
export interface ListSighting {
  readonly pattern: PagePattern;
  /** Number of the visited page; null for a page that links to the list without being a part of it. */
  readonly page: number | null;
  /** Number of the claimed page, which differs after a redirect. */
  readonly requested: number | null;
  /** The largest page number on the page. */
  readonly last: number;
  readonly hasNext: boolean;
  /** Hash of the listed items. */
  readonly listHash: string;
  /** For a list whose URLs hold no page number: the URLs of this page and the next one. */
  readonly urls?: { readonly own: string; readonly next: string | null };
  /** URL of a page of the list as the site writes it, if that is not the canonical form. */
  readonly spelling?: string | undefined;
}

/** Pages of one list whose content is kept: the highest ones, because lists repeat and grow at their end. */
const MAX_LISTS = 64;
/** How often the estimate of the last page may move, for a list that shows only its next pages. */
const MAX_MOVES = 10;

/** Returns the track after a sighting; the same object if nothing has changed. */
export function sighted(track: ListTrack | null, sighting: ListSighting): ListTrack {
  const previous = track ?? newTrack(sighting.pattern);
  const lists = listsWith(previous.lists, sighting);
  const named = Math.max(previous.named, seenUpTo(sighting));
  const spelling = previous.spelling ?? sighting.spelling;
  const next = {
    ...previous,
    ...lastOf(previous, sighting),
    named,
    lists,
    repeatsFrom: repeatsFrom(lists) ?? previous.repeatsFrom,
    ...(spelling === undefined ? {} : { spelling }),
  };
  return track !== null && isSame(track, next) ? track : { ...next, revision: previous.revision + 1 };
}

/** Why a page of the list is left out; null if it is in the sample. */
export function listVerdict(track: ListTrack, page: number, all: boolean): UrlReason | null {
  if (track.repeatsFrom !== null && page > track.repeatsFrom) return 'repeats';
  return all || sampleOf(track).includes(page) ? null : 'sampled-out';
}

/** Numbers of the sampled pages. */
export function sampleOf({ last }: ListTrack): readonly number[] {
  return samplePages(last).pages;
}

function newTrack(pattern: PagePattern): ListTrack {
  return {
    pattern,
    revision: 0,
    last: 1,
    named: 1,
    checked: false,
    moved: 0,
    lists: [],
    repeatsFrom: null,
  };
}

function seenUpTo({ page, last, hasNext }: ListSighting): number {
  return Math.max(last, (page ?? 0) + (hasNext ? 1 : 0));
}

type End = Pick<ListTrack, 'last' | 'checked' | 'moved'>;

/** Corrects the estimate of the last page: by the last page itself, or by a page that names a later one. */
function lastOf({ last, checked, moved, revision }: ListTrack, sighting: ListSighting): End {
  const { page, requested } = sighting;
  const upTo = seenUpTo(sighting);
  const isEnd = page !== null && page === upTo && (page >= last || requested === last);
  if (isEnd) return { last: page, checked: true, moved };
  const isStale = checked && (page === null || page < last);
  if (upTo <= last || isStale) return { last, checked, moved };
  if (revision === 0 || last <= TAKEN_WHOLE) return { last: upTo, checked: false, moved };
  return moved < MAX_MOVES
    ? { last: upTo, checked: false, moved: moved + 1 }
    : { last, checked: false, moved };
}

function listsWith(
  lists: readonly ListContent[],
  { page, listHash, urls }: ListSighting,
): readonly ListContent[] {
  if (page === null) return lists;
  const seen: ListContent[] = [{ page, hash: listHash, ...(urls === undefined ? {} : { url: urls.own }) }];
  const after = lists.find((list) => list.page === page + 1);
  if (after === undefined && urls?.next) seen.push({ page: page + 1, hash: null, url: urls.next });
  const others = lists.filter((list) => list.page !== page);
  return [...others, ...seen].toSorted((a, b) => a.page - b.page).slice(-MAX_LISTS);
}

/** The first of several consecutive visited pages that list the same. */
function repeatsFrom(lists: readonly ListContent[]): number | null {
  const start = lists.findIndex(({ hash }, index) => {
    const run = lists.slice(index, index + REPEATS_IN_A_ROW);
    return hash !== null && run.length === REPEATS_IN_A_ROW && run.every((list) => list.hash === hash);
  });
  return lists[start]?.page ?? null;
}

function isSame(a: ListTrack, b: ListTrack): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
