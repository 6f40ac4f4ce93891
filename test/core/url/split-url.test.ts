import { describe, expect, it } from 'vitest';
import { splitUrl } from '../../../src/core/url/canonical-url.ts';

describe('splitUrl', () => {
  it.each([
    ['https://example.com/', 'example.com', '/'],
    ['http://example.com:81/a//b?c=/d#/e', 'example.com:81', '/a//b?c=/d#/e'],
    ['http://[::1]:81/', '[::1]:81', '/'],
    ['http://example.com', 'example.com', '/'],
  ])('%s', (url, host, path) => expect(splitUrl(url)).toEqual({ host, path }));
});
