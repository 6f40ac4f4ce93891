import { describe, expect, it } from 'vitest';
import { listPageUrl, listPatternProblem } from '../../../src/core/pagination/page-pattern.ts';

describe('the URL pattern of a list', () => {
  it.each([
    'https://example.com/news?page={page}',
    'HTTP://example.com/news/{page}/',
    'https://example.com/news/p-{page}.html?sort=new',
    'https://example.com:8443/;page={page}',
  ])('is taken: %s', (pattern) => {
    expect(listPatternProblem(pattern)).toBeNull();
  });

  it.each([
    ['https://example.com/news', '{page} exactly once, not never'],
    ['https://example.com/{page}?page={page}', '{page} exactly once, not 2 times'],
    ['https://example.com/{PAGE}', '{page} exactly once, not never'],
    ['ftp://example.com/{page}', 'http:// or https://, not ftp:'],
    ['javascript:alert({page})', 'not javascript:'],
    ['example.com/{page}', 'must start with http:// or https://'],
    ['', '{page} exactly once'],
    ['https://{page}.example.com/', 'not in its host'],
    ['https://10.0.0.{page}/', 'not in its host'],
    ['https://example.com:80{page}/', 'not in its host'],
    ['https://user{page}@example.com/', 'names one page only'],
    ['https://{page}\\example.com/', 'not in its host'],
    ['https:///{page}', 'not in its host'],
    ['https://exa mple.com/{page}', 'is not a URL'],
    ['https://example.com/news#{page}', 'names one page only'],
    ['https://example.com/news?utm_source={page}', 'names one page only'],
    [`https://example.com/${'x'.repeat(2048)}{page}`, 'characters long'],
  ])('is refused: %s', (pattern, problem) => {
    expect(listPatternProblem(pattern)).toContain(problem);
  });

  it('may have its place in a hash route if requested', () => {
    expect(listPatternProblem('https://example.com/#/news/{page}', { hashRoutes: true })).toBeNull();
  });

  it('makes canonical URLs', () => {
    expect(listPageUrl('https://EXAMPLE.com:443/news?page={page}&cat=3#top', 12)).toBe(
      'https://example.com/news?cat=3&page=12',
    );
  });
});
