import { describe, expect, it } from 'vitest';
import { isPageFragment, pageSlots, valueIn } from '../../../src/core/pagination/page-slot.ts';

const kinds = (path: string) =>
  pageSlots(`https://a.example${path}`).map(({ kind, template, value }) => [
    kind,
    template.replace('https://a.example', ''),
    value,
  ]);

describe('the places of a URL that may contain a page number', () => {
  it.each([
    ['/n?page=2', [['page', '/n?page={page}', 2]]],
    ['/n/page/2/', [['page', '/n/page/{page}/', 2]]],
    ['/n/page-2', [['page', '/n/page-{page}', 2]]],
    ['/n;page=2', [['page', '/n;page={page}', 2]]],
    ['/n?currentPage=3', [['page', '/n?currentPage={page}', 3]]],
    ['/n?pageIndex=3', [['page', '/n?pageIndex={page}', 3]]],
    ['/n?page%5Bnumber%5D=3', [['page', '/n?page%5Bnumber%5D={page}', 3]]],
    ['/n?offset=40', [['offset', '/n?offset={page}', 40]]],
    ['/n?start=40', [['offset', '/n?start={page}', 40]]],
    ['/n?p=4', [['short', '/n?p={page}', 4]]],
    ['/n?cursor=a%3Db', [['cursor', '/n?cursor={page}', null]]],
    ['/list_2.html', [['unnamed', '/list_{page}.html', 2]]],
    ['/n?per_page=20', [['other', '/n?per_page={page}', 20]]],
    ['/n?pageSize=20', [['other', '/n?pageSize={page}', 20]]],
    ['/book/chapter3.html', [['other', '/book/chapter{page}.html', 3]]],
    ['/n?day=3', [['other', '/n?day={page}', 3]]],
    ['/docs/v2/guide', [['other', '/docs/v{page}/guide', 2]]],
    ['/n?id=123456789', []],
    ['/n?page=', []],
    ['/3d-printing', []],
    ['/docs/3.12/', []],
  ])('%s', (path, slots) => {
    expect(kinds(path)).toEqual(slots);
  });

  it('are dates where they stand like dates', () => {
    expect(kinds('/2024/05/12').map(([kind]) => kind)).toEqual(['other', 'other', 'other']);
    expect(kinds('/archive/2024').map(([kind]) => kind)).toEqual(['other']);
  });

  it('do not include the host and its port', () => {
    expect(pageSlots('http://127.0.0.1:8080/')).toEqual([]);
  });

  it('are in fragments only if these say so', () => {
    expect(['page-2', 'page=2', '/page/3', 'fn1', 'cite_note-2', 'sec-2'].map(isPageFragment)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('can be read back', () => {
    expect(valueIn('https://a.example/n?page={page}&q=x', 'https://a.example/n?page=12&q=x')).toBe(12);
    expect(valueIn('https://a.example/n?page={page}', 'https://a.example/n')).toBeNull();
    expect(valueIn('https://a.example/{page}/x', 'https://a.example/b/x')).toBeNull();
  });
});
