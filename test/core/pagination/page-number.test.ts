import { describe, expect, it } from 'vitest';
import { pageNumberIn, pageUrlIn, patternsOf } from '../../../src/core/pagination/page-pattern.ts';

const OFFSET = { url: 'http://site.test/list?start={page}', first: 0, step: 10 };

describe('the number of a page of a list', () => {
  it.each([
    ['http://site.test/list?start=0', 1],
    ['http://site.test/list?start=90', 10],
    ['http://site.test/list?start=15', null],
    ['http://site.test/list', null],
    ['http://site.test/list?start=x', null],
  ])('at %s is %s', (url, page) => {
    expect(pageNumberIn(OFFSET, url)).toBe(page);
  });

  it('leads back to its URL', () => {
    expect(pageUrlIn(OFFSET, 10)).toBe('http://site.test/list?start=90');
    expect(pageUrlIn({ ...OFFSET, first: 1, step: 1 }, 7)).toBe('http://site.test/list?start=7');
  });

  it('is not below one', () => {
    expect(
      pageNumberIn({ url: 'http://site.test/{page}', first: 1, step: 1 }, 'http://site.test/0'),
    ).toBeNull();
  });
});

describe('the patterns that a URL may be a page of', () => {
  it.each([
    ['http://site.test/list?page=3&sort=new', ['http://site.test/list?page={page}&sort=new']],
    ['http://site.test/tag/page/3/', ['http://site.test/tag/page/{page}/']],
    ['http://site.test/about', []],
    // A year, and an article by its number.
    ['http://site.test/2024/05/', []],
    ['http://site.test/view?article=17', []],
  ])('of %s are %j', (url, patterns) => {
    expect(patternsOf(url)).toEqual(patterns);
  });
});
