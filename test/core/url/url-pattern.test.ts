import { describe, expect, it } from 'vitest';
import { compileUrlPattern, patternProblem } from '../../../src/core/url/url-pattern.ts';

describe('compileUrlPattern', () => {
  it.each([
    ['/docs', 'https://example.com/docs/a?b=1', true],
    ['/docs', 'https://example.com/docs-old', true],
    ['/docs', 'https://example.com/a/docs', false],
    ['/docs$', 'https://example.com/docs', true],
    ['/docs$', 'https://example.com/docs/', false],
    ['/*.pdf$', 'https://example.com/a/b.pdf', true],
    ['/*.pdf$', 'https://example.com/a/b.pdf?x=1', false],
    ['/*?*page=', 'https://example.com/list?a=1&page=2', true],
    ['/a$b', 'https://example.com/a$bc', true],
    ['/한/*', 'https://example.com/%ED%95%9C/a', true],
    ['/%7euser', 'https://example.com/~user', true],
    ['/#/admin', 'https://example.com/#/admin/users', true],
    ['https://example.com/*', 'https://example.com/a', true],
    ['https://EXAMPLE.com/Docs/*', 'https://example.com/Docs/a', true],
    ['https://example.com/docs', 'https://example.com/docs/a', false],
    ['*/print', 'https://example.com/a/print', true],
    ['*/print', 'https://example.com/a/printer', false],
    ['*/print$', 'https://example.com/a/print', true],
    ['*://*.example.com/*', 'http://a.example.com/', true],
    ['*.php?*', 'https://example.com/a.php?b', true],
  ])('%j on %j: %s', (pattern, url, expected) => expect(compileUrlPattern(pattern)(url)).toBe(expected));
});

describe('patternProblem', () => {
  it.each([
    '/',
    '/docs/*',
    '*',
    '*.pdf',
    'http*://example.com/*',
    'https://example.com/*',
    'HTTPS://example.com/',
    `/${'a'.repeat(499)}`,
    `/${'*'.repeat(20)}`,
  ])('has nothing against %j', (pattern) => expect(patternProblem(pattern)).toBeNull());

  it.each([
    ['', /empty/],
    [' \n', /empty/],
    [`/${'a'.repeat(500)}`, /500/],
    [`/${'*'.repeat(21)}`, /20 stars/],
    ['docs/*', /never matches/],
    ['example.com/*', /never matches/],
    ['http', /never matches/],
    ['ftp://example.com/*', /never matches/],
  ])('refuses %j', (pattern, problem) => expect(patternProblem(pattern)).toMatch(problem));
});
