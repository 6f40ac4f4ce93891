import { expect, it } from 'vitest';
import { concludeList, nextPages } from '../../../src/core/pagination/paginated-list.ts';
import type { ListTrack } from '../../../src/model/paginated-list.ts';

const PATTERN = { url: 'http://site.test/news?page={page}', first: 1, step: 1 };

function shown(pages: readonly number[], last: number) {
  const urlOf = (page: number) => `http://site.test/news?page=${page}`;
  return { pattern: PATTERN, last, pages: pages.map((page) => ({ page, url: urlOf(page) })) };
}

function track(about: Partial<ListTrack>): ListTrack {
  const unknown = { last: 1, named: 1, checked: false, moved: 0, lists: [], repeatsFrom: null };
  return { pattern: PATTERN, revision: 1, ...unknown, ...about };
}

it('a list has as many pages as its last one, once that was visited', () => {
  const board = concludeList(shown([1, 2, 3, 38], 40), track({ last: 38, named: 40, checked: true }));
  expect(board).toMatchObject({ total: 38, checked: true, strategy: 'sampling', repeats: false });
});

it('a list has as many pages as are named, until then', () => {
  const board = concludeList(shown([1, 2, 3], 11), track({ last: 11, named: 14 }));
  expect(board).toMatchObject({ total: 14, checked: false, strategy: 'representative' });
});

it('a list of an earlier crawl is derived from its pages alone', () => {
  expect(concludeList(shown([1, 2], 2), null)).toMatchObject({ total: 2, checked: false, strategy: 'all' });
});

it('a list is whole if all its pages are present, each counted once', () => {
  const twice = { page: 1, url: 'http://site.test/news' };
  const whole = shown([1, 2, 3, 4, 5, 6], 6);
  expect(concludeList({ ...whole, pages: [twice, ...whole.pages] }, null).strategy).toBe('all');
  const parts = shown([1, 2, 3, 4, 6], 6);
  expect(concludeList({ ...parts, pages: [twice, ...parts.pages] }, null).strategy).toBe('representative');
});

it('a list whose URLs contain no number has an unknown total until its last page was visited', () => {
  const pattern = { url: 'http://site.test/news?cursor={page}', first: 0, step: 0 };
  const walked = { ...shown([1, 2, 3], 3), pattern };
  expect(concludeList(walked, track({ pattern, last: 3, named: 4 }))).toMatchObject({
    total: null,
    checked: false,
    strategy: 'sampling',
  });
  expect(concludeList(walked, null)).toMatchObject({ total: null, strategy: 'sampling' });
  const ended = concludeList(walked, track({ pattern, last: 3, named: 3, checked: true }));
  expect(ended).toMatchObject({ total: 3, checked: true, strategy: 'all' });
});

it('a list whose pages name their number has that total, whatever its URLs contain', () => {
  const pattern = { url: 'http://site.test/photos', first: 1, step: 0 };
  expect(concludeList({ ...shown([1], 9), pattern }, null)).toMatchObject({
    total: 9,
    strategy: 'representative',
  });
});

it('a list that goes on without end is marked so', () => {
  expect(concludeList(shown([1, 2, 3], 4), track({ named: 4, repeatsFrom: 1 })).repeats).toBe(true);
});

it('the pages of a list lead from each to the next that is present', () => {
  const pages = [
    { page: 1, url: '/news' },
    { page: 1, url: '/news?page=1' },
    { page: 2, url: '/news?page=2' },
    { page: 10, url: '/news?page=10' },
  ];
  expect(nextPages(pages)).toEqual([
    { from: '/news', to: '/news?page=2', pages: 1 },
    { from: '/news?page=2', to: '/news?page=10', pages: 8 },
  ]);
  expect(nextPages([])).toEqual([]);
});
