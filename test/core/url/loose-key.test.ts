import { describe, expect, it } from 'vitest';
import { looseKey } from '../../../src/core/url/loose-key.ts';

describe('looseKey', () => {
  it.each([
    'https://example.com/docs',
    'http://example.com/docs',
    'https://www.example.com/docs',
    'https://example.com/docs/',
    'https://example.com/docs/index.html',
    'https://example.com/docs/index.htm',
    'https://example.com/docs/index.php',
    'https://example.com/docs/Default.aspx',
    'https://example.com/docs/default.asp',
  ])('of %s is that of its page', (url) => expect(looseKey(url)).toBe('example.com/docs'));

  it.each([
    ['https://example.com/', 'example.com'],
    ['https://example.com/index.html', 'example.com'],
    ['https://example.com:8443/index.php?id=1', 'example.com:8443?id=1'],
    ['https://example.com/Docs/?p=a/index.html', 'example.com/Docs?p=a/index.html'],
    ['https://example.com/app/#/users/', 'example.com/app#/users/'],
    ['https://example.com/index.html.bak', 'example.com/index.html.bak'],
    ['https://example.com/reindex.html', 'example.com/reindex.html'],
    ['https://example.com/index', 'example.com/index'],
    ['https://wwwx.example.com/a', 'wwwx.example.com/a'],
    ['https://index.html/', 'index.html'],
  ])('of %s', (url, key) => expect(looseKey(url)).toBe(key));
});
