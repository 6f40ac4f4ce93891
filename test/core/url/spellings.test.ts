import { describe, expect, it } from 'vitest';
import {
  MAX_SPELLINGS,
  requestUrlOf,
  type StoredSpellings,
  spelledLike,
  spellingsIn,
  withSpelling,
} from '../../../src/core/url/spellings.ts';

describe('withSpelling', () => {
  it('stores nothing for a URL that was found in its canonical form alone', () => {
    expect(withSpelling(null, 'c', undefined)).toBeNull();
    expect(spellingsIn(null)).toBeUndefined();
  });

  it('keeps distinct spellings in the order of discovery, a bounded number of them', () => {
    let stored: StoredSpellings = withSpelling(null, 'c', 's1');
    expect(spellingsIn(stored)).toEqual(['c', 's1']);
    for (const spelling of ['s1', undefined, 's2', 's3', 's4']) stored = withSpelling(stored, 'c', spelling);
    expect(spellingsIn(stored)).toEqual(['c', 's1', 's2', 's3']);
    expect(spellingsIn(stored)).toHaveLength(MAX_SPELLINGS);
  });
});

describe('spelledLike', () => {
  it.each([
    ['/s?page=10&q=x', '/s?q=x&page=2', '/s?q=x&page=10'],
    ['/s/10?a=1&b=2', '/s/2?b=2&a=1', '/s/10?b=2&a=1'],
    ['/s?a=1&n=3&z=2', '/s?z=9&a=1', '/s?z=2&a=1&n=3'],
    ['/s?a=1&~b=2', '/s?%7Eb=1&a=2', '/s?~b=2&a=1'],
    ['/s?a=1&b=2', '/s?a=3&b=4', undefined],
    ['/s', '/s?a=3&b=4', undefined],
    ['/s?a=1', '/s', undefined],
  ])('%s written like %s', (url, spelling, expected) => expect(spelledLike(url, spelling)).toBe(expected));
});

it('requestUrlOf is the canonical URL unless another spelling was chosen', () => {
  const claim = { url: 'http://a.test/', host: 'a.test', depth: 0, attempt: 1, lease: '1' };
  expect(requestUrlOf(claim)).toBe('http://a.test/');
  expect(requestUrlOf({ ...claim, requestUrl: 'http://a.test/?' })).toBe('http://a.test/?');
});
