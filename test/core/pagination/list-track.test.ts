import { describe, expect, it } from 'vitest';
import {
  type ListSighting,
  listVerdict,
  sampleOf,
  sighted,
} from '../../../src/core/pagination/list-track.ts';
import type { ListTrack } from '../../../src/model/paginated-list.ts';

const PATTERN = { url: 'http://site.test/news?page={page}', first: 1, step: 1 };

/** A page of the list that names pages up to `last`; by default the items differ from page to page. */
function sight(page: number | null, last: number, about: Partial<ListSighting> = {}): ListSighting {
  const hasNext = page !== null && page < last;
  return { pattern: PATTERN, page, requested: page, last, hasNext, listHash: `list of ${page}`, ...about };
}

function track(...sights: readonly ListSighting[]): ListTrack {
  const seen = sights.reduce<ListTrack | null>(sighted, null);
  if (seen === null) throw new Error('nothing was seen');
  return seen;
}

describe('the last page of a list', () => {
  it('is the largest number that the first page names', () => {
    expect(track(sight(1, 12))).toMatchObject({ last: 12, named: 12, checked: false, moved: 0, revision: 1 });
  });

  it('is the next page where a page names no other', () => {
    expect(track(sight(1, 1, { hasNext: true }))).toMatchObject({ last: 2, named: 2 });
  });

  it('is checked when it says that it is the last', () => {
    expect(track(sight(1, 12), sight(12, 12))).toMatchObject({ last: 12, checked: true });
  });

  it('is corrected when it knows of later ones', () => {
    const seen = track(sight(1, 11), sight(11, 21), sight(21, 25), sight(25, 25));
    expect(seen).toMatchObject({ last: 25, named: 25, checked: true, moved: 2 });
  });

  it('is corrected downwards when a redirect leads from it to one that says that it is the last', () => {
    const seen = track(sight(1, 40), sight(38, 38, { requested: 40 }));
    expect(seen).toMatchObject({ last: 38, named: 40, checked: true });
  });

  it('is not a page in the middle that happens to show no next one', () => {
    expect(track(sight(1, 40), sight(3, 3))).toMatchObject({ last: 40, checked: false });
  });

  it('stays what it was checked to be, whatever pages before it name', () => {
    expect(track(sight(1, 12), sight(12, 12), sight(3, 50))).toMatchObject({
      last: 12,
      named: 50,
      checked: true,
    });
  });

  it('moves no more than ten times once the list is larger than five pages', () => {
    const walk = Array.from({ length: 40 }, (_, n) => sight(n + 1, n + 2));
    expect(track(...walk)).toMatchObject({ last: 16, named: 41, moved: 10, checked: false });
  });

  it('is set by a page that only links to the list', () => {
    expect(track(sight(null, 30))).toMatchObject({ last: 30, lists: [] });
  });
});

describe('a second visit to a page', () => {
  it('changes nothing, and is no new revision', () => {
    const seen = track(sight(1, 12), sight(2, 12));
    expect(sighted(seen, sight(2, 12))).toBe(seen);
    expect(seen.revision).toBe(2);
  });
});

describe('a list that goes on without end', () => {
  const same = (page: number) => sight(page, page + 1, { listHash: 'same' });

  it('is noticed by three visited pages in a row, in whatever order they were seen', () => {
    expect(track(same(1), same(2)).repeatsFrom).toBeNull();
    expect(track(same(3), same(1), same(2)).repeatsFrom).toBe(1);
    expect(track(sight(1, 40), sight(2, 40), same(10), same(40), same(20)).repeatsFrom).toBe(10);
  });

  it('is not one whose lists are alike here and there', () => {
    expect(track(same(1), sight(2, 9), same(3), same(4)).repeatsFrom).toBeNull();
  });

  it('is noticed however many pages were seen before', () => {
    const pages = Array.from({ length: 200 }, (_, n) => sight(n + 1, 300));
    const seen = track(...pages, same(201), same(202), same(203));
    expect(seen.repeatsFrom).toBe(201);
    expect(seen.lists.length).toBeLessThanOrEqual(64);
  });
});

describe('the sampled pages of a list', () => {
  // Up to 5 pages: all. Up to 20: [1, 2, 3, last]. More: [1, 2, 3, 10, 20, last].
  it.each([
    [1, [1]],
    [5, [1, 2, 3, 4, 5]],
    [6, [1, 2, 3, 6]],
    [20, [1, 2, 3, 20]],
    [21, [1, 2, 3, 10, 20, 21]],
    [10_000, [1, 2, 3, 10, 20, 10_000]],
  ])('of %i pages are %j', (last, pages) => {
    expect(sampleOf(track(sight(1, last)))).toEqual(pages);
  });

  it('are visited, the others are not', () => {
    const seen = track(sight(1, 40));
    const verdicts = [3, 4, 10, 39, 40, 41].map((page) => listVerdict(seen, page, false));
    expect(verdicts).toEqual([null, 'sampled-out', null, 'sampled-out', null, 'sampled-out']);
    expect(listVerdict(seen, 4, true)).toBeNull();
  });

  it('end where the list begins to repeat itself, even if all are requested', () => {
    const same = (page: number) => sight(page, 40, { listHash: 'same' });
    const seen = track(same(1), same(2), same(3));
    expect([1, 2, 10].map((page) => listVerdict(seen, page, true))).toEqual([null, 'repeats', 'repeats']);
  });
});
