import { describe, expect, it } from 'vitest';
import { encodeNonAscii, encodeUtf8 } from '../../../src/core/url/percent-encoding.ts';

describe('encodeNonAscii', () => {
  it.each([
    ['/a?b=c&d=%20*$', '/a?b=c&d=%20*$'],
    ['/é', '/%C3%A9'],
    ['/a b\u007f\u0000', '/a%20b%7F%00'],
    ['/\u{1F600}', '/%F0%9F%98%80'],
    ['/\udc00', '/%EF%BF%BD'],
  ])('%j', (text, expected) => expect(encodeNonAscii(text)).toBe(expected));
});

describe('encodeUtf8', () => {
  it('never throws', () => expect(encodeUtf8('a\ud800')).toBe('a%EF%BF%BD'));
});
