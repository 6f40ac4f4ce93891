import { describe, expect, it } from 'vitest';
import { saveBatches } from '../../../src/core/map/save-batches.ts';
import type { PageWrite } from '../../../src/model/page.ts';
import { pageOf, urlOf } from '../../conformance/graph/pages.ts';

const SIZE = { pages: 100, rows: 10_000, characters: 1_000_000 };

function pageBatches(pages: readonly PageWrite[]): Iterable<readonly PageWrite[]> {
  return saveBatches(pages, SIZE);
}

/** A page whose section has a text of so many characters. */
function page(path: string, characters: number, heading = path) {
  return pageOf(path, [{ heading, text: 'x'.repeat(characters) }]);
}

function paths(batches: Iterable<readonly { readonly url: string }[]>): string[][] {
  return [...batches].map((batch) => batch.map(({ url }) => url.replace(urlOf('/'), '/')));
}

describe('batches of pages', () => {
  it('hold a million characters, but a page is never cut', () => {
    const pages = [
      page('/a', 600_000),
      page('/b', 400_000),
      page('/c', 1),
      page('/d', 3_000_000),
      page('/e', 1),
    ];
    expect(paths(pageBatches(pages))).toEqual([['/a', '/b'], ['/c'], ['/d'], ['/e']]);
  });

  it('count a text that pages share once', () => {
    const pages = ['/a', '/b', '/c'].map((path) => page(path, 600_000, 'Menu'));
    expect(paths(pageBatches(pages))).toEqual([['/a', '/b', '/c']]);
  });

  it('do not count a text that an earlier batch has stored', () => {
    const pages = [page('/a', 900_000, 'Menu'), page('/b', 600_000), page('/c', 900_000, 'Menu')];
    expect(paths(pageBatches(pages))).toEqual([['/a'], ['/b', '/c']]);
  });

  it('hold ten thousand sections, headings and links', () => {
    const links = Array.from({ length: 4998 }, (_, n) => `/${n}`);
    const pages = ['/a', '/b', '/c'].map((path) => pageOf(path, [{ heading: path, links }]));
    expect(paths(pageBatches(pages))).toEqual([['/a', '/b'], ['/c']]);
  });

  it('hold so many pages', () => {
    const pages = ['/a', '/b', '/c'].map((path) => page(path, 1));
    expect(paths(saveBatches(pages, { ...SIZE, pages: 2 }))).toEqual([['/a', '/b'], ['/c']]);
  });

  it('hold no page twice, so that the later version stays', () => {
    const pages = [page('/a', 1), page('/b', 1), page('/a', 2)];
    expect(paths(pageBatches(pages))).toEqual([['/a', '/b'], ['/a']]);
    expect(paths(pageBatches([]))).toEqual([]);
  });
});
