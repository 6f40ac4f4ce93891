import { describe, expect, it } from 'vitest';
import { detectPagination } from '../../../src/core/pagination/detect-pagination.ts';
import { read } from '../html/read.ts';
import { detectIn, OTHERS, PAGINATED } from './fixtures.ts';

const URL = 'https://example.com/list';

function detect(body: string, url = URL) {
  return detectPagination({ url, ...read(`<main>${body}</main>`, { url }) });
}

describe('the paginated lists of the fixtures', () => {
  it('are at least 30', () => {
    expect(PAGINATED.length).toBeGreaterThanOrEqual(30);
  });

  it.each(PAGINATED)('%s', (file, path, kind, next, current) => {
    expect(detectIn('paginated', file, path)).toMatchObject({ kind, next, current });
  });
});

describe('pages without a paginated list', () => {
  it('are at least 30', () => {
    expect(OTHERS.length).toBeGreaterThanOrEqual(30);
  });

  it.each(OTHERS)('%s', (file, path) => {
    expect(detectIn('others', file, path)).toBeNull();
  });
});

describe('the pagination of a list', () => {
  it.each([
    ['bootstrap', '/cars?page=3', '/cars?page=2', 5],
    ['wordpress-numbers', '/blog/', null, 17],
    ['phpbb', '/viewforum.php?f=7', null, 13],
    ['vbulletin', '/forums/12-Old-radios/page2', '/forums/12-Old-radios', 41],
    ['gnuboard', '/bbs/board.php?bo_table=free', null, 38],
    ['drupal', '/press', null, 15],
    ['two-bars', '/reviews/2024?pg=2', '/reviews/2024?pg=1', 3],
    ['last-page', '/minutes?page=7', '/minutes?page=6', 7],
    ['ant-design', '/orders', null, 50],
  ])('previous page and last known page of %s', (file, path, prev, last) => {
    expect(detectIn('paginated', file, path)).toMatchObject({ prev, last });
  });

  it.each([
    ['/list?page=2', '/list?page=3', { url: `${URL}?page={page}`, first: 1, step: 1 }],
    ['/list?page=1', '/list?page=2', { url: `${URL}?page={page}`, first: 0, step: 1 }],
    ['/list?offset=20', '/list?offset=40', { url: `${URL}?offset={page}`, first: 0, step: 20 }],
    ['/list?start=11', '/list?start=21', { url: `${URL}?start={page}`, first: 1, step: 10 }],
  ])('the pattern behind the pages 2 and 3 at %s and %s', (two, three, pattern) => {
    const found = detect(`<a href="${two}">2</a> <a href="${three}">3</a> <a href="${two}">Next</a>`);
    expect(found?.pattern).toEqual(pattern);
  });

  it('uses the number that the bar marks as current if the URL contains none', () => {
    const bar = (mark: string) =>
      `<nav aria-label="Pages"><a href="/list?page=1">1</a> ${mark} <a href="/list?page=3">3</a></nav>`;
    const current = (mark: string) => detect(bar(mark))?.current;
    expect(current('<b aria-current="page">2</b>')).toBe(2);
    expect(current('<a href="#" aria-current="true">2</a>')).toBe(2);
    expect(current('<b aria-current="false">2</b>')).toBe(1);
    expect(detect(bar('<b aria-current="page">2</b>'))?.next).toBe(`${URL}?page=3`);
  });

  it('takes the number after this one, not the arrow that skips ten', () => {
    const bar = '<a href="?page=4">4</a> <b>5</b> <a href="?page=6">6</a> <a href="?page=11">다음</a>';
    expect(detect(bar, `${URL}?page=5`)?.next).toBe(`${URL}?page=6`);
  });

  it('reports what it was recognised by', () => {
    expect(detect('<nav class="pager"><a rel="next" href="?page=2">2</a></nav>')?.evidence).toEqual([
      'numbers',
      'rel',
      'section',
      'url',
    ]);
  });

  it('is the same with a page that links to itself under a URL of its own', () => {
    const bar = '<a href="?page=1">1</a> <a href="?page=2">2</a> <a href="?page=3">3</a>';
    expect(detect(bar, `${URL}?page=1`)).toMatchObject({ current: 1, next: `${URL}?page=2` });
    expect(detect(bar, `${URL}?page=3`)).toMatchObject({ current: 3, next: null, prev: `${URL}?page=2` });
  });
});

describe('a hostile page', () => {
  const many = (count: number, link: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => link(n)).join('\n');
  const within = (body: string) => {
    const page = read(`<main>${body}</main>`, { url: URL });
    const start = performance.now();
    detectPagination({ url: URL, ...page });
    return performance.now() - start;
  };

  // Seconds are far more than it takes; work that grows with the square of the links would take minutes.
  it.each([
    ['page numbers', (n: number) => `<a href="/x${n}/page/1">1</a>`],
    ['controls', (n: number) => `<a href="/list?page=${n}">»</a>`],
    ['numbers in one bar', (n: number) => `<a href="/list?page=${n}">${n}</a>`],
    ['parameters', (n: number) => `<a href="/list?${'a=1&'.repeat(40)}page=${n}">${n}</a>`],
    ['buttons', () => '<button>더보기</button>'],
  ])('with many %s is read in time', (_, link) => {
    expect(within(many(20_000, link))).toBeLessThan(5000);
  });
});
