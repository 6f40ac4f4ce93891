import type { ListContent, ListTrack } from '../../model/paginated-list.ts';
import type { PagePattern } from '../../model/pagination.ts';
import type { UrlReason } from '../../model/reason.ts';
import { REPEATS_IN_A_ROW } from './list-content.ts';
import { samplePages, TAKEN_WHOLE } from './sampling.ts';

/** What one page tells of its board. Where its pattern counts otherwise than that of the track, the track's holds. */
export interface ListSighting {
  readonly pattern: PagePattern;
  /** Number of the page that was visited; null for one that links to a board without being a page of it. */
  readonly page: number | null;
  /** Number of the page that was asked for, where a redirect led from it to this one. */
  readonly asked: number | null;
  /** The largest page number that it names. */
  readonly last: number;
  readonly hasNext: boolean;
  /** What it lists. */
  readonly listHash: string;
  /** Of a board whose URLs do not tell the number: this page's, and the next one's. */
  readonly urls?: { readonly own: string; readonly next: string | null };
}

/** Pages that are remembered of one board; the highest ones, for that is where boards repeat and go on. */
const MAX_LISTS = 64;
/** How often another page may be taken for the last one of a board that names its next pages only. */
const MAX_MOVES = 10;

/** The track of a board after a page of it was seen; the same object if that told nothing new. */
export function sighted(track: ListTrack | null, sight: ListSighting): ListTrack {
  const known = track ?? begun(sight.pattern);
  const lists = listsWith(known.lists, sight);
  const named = Math.max(known.named, seenUpTo(sight));
  const next = {
    ...known,
    ...lastOf(known, sight),
    named,
    lists,
    repeatsFrom: repeatsFrom(lists) ?? known.repeatsFrom,
  };
  return track !== null && isSame(track, next) ? track : { ...next, revision: known.revision + 1 };
}

/** Why a page of the board is left out; null if it is one of those that stand for the board. */
export function listVerdict(track: ListTrack, page: number, all: boolean): UrlReason | null {
  if (track.repeatsFrom !== null && page > track.repeatsFrom) return 'repeats';
  return all || sampleOf(track).includes(page) ? null : 'sampled-out';
}

/** Numbers of the pages that stand for the board. */
export function sampleOf({ last }: ListTrack): readonly number[] {
  return samplePages(last).pages;
}

function begun(pattern: PagePattern): ListTrack {
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

/** Corrects the estimate: by a page that is the last one itself, or by one that knows of a later one. */
function lastOf({ last, checked, moved, revision }: ListTrack, sight: ListSighting): End {
  const { page, asked } = sight;
  const upTo = seenUpTo(sight);
  const isEnd = page !== null && page === upTo && (page >= last || asked === last);
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

/** The first of several visited pages in a row that list the same. */
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
