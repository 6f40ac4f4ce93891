import { describe, expect, it } from 'vitest';
import { compileWildcard } from '../../../src/core/url/wildcard.ts';

describe('compileWildcard', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['a', 'a', true],
    ['a', 'ab', false],
    ['*', '', true],
    ['**', 'anything', true],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*ab*ab*', 'abab', true],
    ['*ab*ab*', 'aab', false],
    ['a*bc*c', 'abc', false],
    ['a*bc*c', 'abcc', true],
    ['*.gif', 'x.gif.gif', true],
    ['a.c', 'abc', false],
    ['(a+)+$', '(a+)+$', true],
  ])('%j on %j: %s', (pattern, text, expected) => expect(compileWildcard(pattern)(text)).toBe(expected));

  it('takes linear time', () => {
    const text = 'a'.repeat(100_000);
    const patterns = [`${'*a'.repeat(20_000)}*b`, `*${'a'.repeat(50_000)}b*`, `*b${'a'.repeat(50_000)}*`];
    const started = performance.now();
    for (const pattern of patterns) expect(compileWildcard(pattern)(text)).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
