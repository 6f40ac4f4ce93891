import { describe, expect, it } from 'vitest';
import { canonicalUrl, fragmentOf, requestTarget, writtenUrl } from '../../../src/core/url/canonical-url.ts';

const PAGE = 'https://example.com/docs/guide/intro.html';

describe('canonicalUrl: what makes no difference', () => {
  it.each([
    ['HTTPS://EXAMPLE.com/Path', 'https://example.com/Path'],
    ['https://example.com', 'https://example.com/'],
    ['https://example.com./a', 'https://example.com/a'],
    ['https://example.com.:8443/a', 'https://example.com:8443/a'],
    ['https://example.com../a', 'https://example.com/a'],
    ['http://example.com:80/', 'http://example.com/'],
    ['https://example.com:443/', 'https://example.com/'],
    ['https://example.com:80/', 'https://example.com:80/'],
    ['https://user:secret@example.com/a', 'https://example.com/a'],
    ['https://user@example.com./a', 'https://example.com/a'],
    ['https://example.com/a/./b/../c', 'https://example.com/a/c'],
    ['https://example.com/a/%2e%2E/c', 'https://example.com/c'],
    ['https://example.com\\a\\b', 'https://example.com/a/b'],
    ['  https://example.com/a\n', 'https://example.com/a'],
    ['https://example.com/?', 'https://example.com/'],
    ['https://example.com/a?&&', 'https://example.com/a'],
    ['https://example.com/a#part', 'https://example.com/a'],
    ['https://example.com/a#', 'https://example.com/a'],
    ['https://example.com/a?#', 'https://example.com/a'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
    ['http://0x7f000001../', 'http://127.0.0.1/'],
    ['http://[0:0::1]:8080/', 'http://[::1]:8080/'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://user:a%40b@example.com/x@y', 'https://example.com/x@y'],
  ])('%j', (input, expected) => expect(canonicalUrl(input)).toBe(expected));
});

describe('canonicalUrl: what makes a difference stays', () => {
  it.each([
    'https://example.com//a///b//',
    'https://example.com/a/',
    'https://example.com/A',
    'http://www.example.com/',
    'https://example.com/a;v=1/b',
    'https://example.com/a?b',
    'https://example.com/a?b=',
    'https://example.com/a?b=1+2',
    'https://example.com/a?b=1%202',
    'https://example.com/a?b?c=/d',
    'https://example.com/a.:b/c@d',
  ])('%j', (url) => expect(canonicalUrl(url)).toBe(url));
});

describe('canonicalUrl: percent-encoding (RFC 3986 §6.2.2)', () => {
  it.each([
    ['/%7Euser/%61%2D%5f%2E1', '/~user/a-_.1'],
    ['/%ed%95%9c', '/%ED%95%9C'],
    ['/한', '/%ED%95%9C'],
    ['/a%2fb%3fc%23d', '/a%2Fb%3Fc%23d'],
    ['/a b', '/a%20b'],
    ['/%2541', '/%2541'],
    ['/100%', '/100%'],
    ['/%u4e2d', '/%u4e2d'],
    ['/%%341', '/%%341'],
    ['/%4%31', '/%4%31'],
    ['/?q=%7e&r=%c3%a9', '/?q=~&r=%C3%A9'],
  ])('%j', (path, expected) => {
    expect(canonicalUrl(`https://example.com${path}`)).toBe(`https://example.com${expected}`);
  });
});

describe('canonicalUrl: query', () => {
  it.each([
    ['b=2&a=1', '?a=1&b=2'],
    ['b=2&a=9&b=1&a=1', '?a=9&a=1&b=2&b=1'],
    ['a[]=2&a[]=1', '?a[]=2&a[]=1'],
    ['b&a', '?a&b'],
    ['a=1&&b=2&', '?a=1&b=2'],
    ['a=b=c', '?a=b=c'],
    ['ab=1&a=2', '?a=2&ab=1'],
    ['=x&a=1', '?=x&a=1'],
    ['utm_source=x&UTM_Medium=y&id=7', '?id=7'],
    ['utm%5Fsource=x', ''],
    ['gclid=1&fbclid=2&msclkid=3&yclid=4&mc_cid=5&mc_eid=6&_ga=7&igshid=8', ''],
    ['utm=1&ga=2&gclidx=3', '?ga=2&gclidx=3&utm=1'],
    ['PHPSESSID=abc&p=1', '?p=1'],
    ['JSESSIONID=abc', ''],
    ['ASPSESSIONIDQQABCDEF=XYZ&p=1', '?p=1'],
    ['sid=0123456789abcdef', ''],
    ['sid=0123456789ABCDEF01234567', ''],
    ['sid=0123456789abcde', '?sid=0123456789abcde'],
    ['sid=42&a=1', '?a=1&sid=42'],
    ['sid', '?sid'],
  ])('%j', (query, expected) => {
    expect(canonicalUrl(`https://example.com/p?${query}`)).toBe(`https://example.com/p${expected}`);
  });
});

describe('canonicalUrl: session ids in the path', () => {
  it.each([
    ['/shop;jsessionid=1A2B.node1', '/shop'],
    ['/shop;JSESSIONID=1A2B/cart;v=2', '/shop/cart;v=2'],
    ['/shop;%6Asessionid=1A2B?a=1', '/shop?a=1'],
    ['/;jsessionid=1', '/'],
    ['/a/..;jsessionid=1/b', '/b'],
  ])('%j', (path, expected) => {
    expect(canonicalUrl(`https://example.com${path}`)).toBe(`https://example.com${expected}`);
  });
});

describe('canonicalUrl: relative to a page', () => {
  it.each([
    ['../library/os.html#os.path', 'https://example.com/docs/library/os.html'],
    ['/', 'https://example.com/'],
    ['', PAGE],
    ['#top', PAGE],
    ['?page=2', `${PAGE}?page=2`],
    ['//cdn.example.net/x', 'https://cdn.example.net/x'],
    ['http:other.html', 'http://other.html/'],
    ['../../../../up', 'https://example.com/up'],
  ])('%j', (href, expected) => expect(canonicalUrl(href, PAGE)).toBe(expected));

  it('takes a URL object', () => {
    expect(canonicalUrl(new URL('https://example.com/a?utm_id=1#x'))).toBe('https://example.com/a');
  });
});

describe('canonicalUrl: no page', () => {
  it.each([
    'javascript:void(0)',
    'mailto:someone@example.com',
    'tel:+491234',
    'data:text/html,x',
    'ftp://example.com/',
    'file:///etc/passwd',
    'blob:https://example.com/1',
    'https://',
    'https://exa mple.com/',
    'http://example.com:99999/',
    'http://[::1',
    'http://./',
    'http://.../',
    'not a url',
    '',
  ])('%j', (input) => expect(canonicalUrl(input)).toBeNull());

  it('has a base that is no URL', () => expect(canonicalUrl('a', 'nonsense')).toBeNull());
});

describe('canonicalUrl: hash routes', () => {
  it.each([
    ['#/users', '#/users'],
    ['#/users/%7e?tab=%c3%a9', '#/users/~?tab=%C3%A9'],
    ['#!users', '#!users'],
    ['#!/users', '#!/users'],
    ['#/', ''],
    ['#!', ''],
    ['#!/', ''],
    ['#users', ''],
    ['#', ''],
  ])('%j', (fragment, expected) => {
    const url = `https://example.com/app?b=1&a=2${fragment}`;
    expect(canonicalUrl(url, undefined, { hashRoutes: true })).toBe(
      `https://example.com/app?a=2&b=1${expected}`,
    );
    expect(canonicalUrl(url)).toBe('https://example.com/app?a=2&b=1');
  });
});

describe('canonicalUrl is idempotent', () => {
  const hosts = [
    'EXAMPLE.com',
    'u:p@example.com.',
    'example.com.:8080',
    '0x7f..',
    '[::FFFF:1.2.3.4]',
    'münchen.de',
  ];
  const paths = [
    '',
    '/',
    '//a//',
    '/a/../b/%2e./c',
    '/%%341',
    '/%%33%34%31',
    '/%4%31%7e',
    '/%25%34%31',
    '/%2525%zz%',
    '/..;jsessionid=1/..;jsessionid=2/x',
    '/a;jsessionid=;jsessionid=1;x',
    '/;jsession;jsessionid=xid=1',
    '/%3Bjsessionid=1',
    '/ü/\u{1F600}/\ud800',
    '/a\tb\\c|d^e`f{g}',
    '/[x]/"<y>\'',
  ];
  const tails = [
    '',
    '?',
    '?#',
    '?&&=&',
    '?b=%7E&a=%%341&a',
    '?utm_a=1&utm%5Fb=2&c=%2B+%20',
    '?sid=%30123456789abcdef0',
    '?q=\'"<>`{}|\\^한',
    '#/a%7e',
    '#!/%%341',
    '#!%2f',
    '?a#/b?utm_source=x',
  ];
  it.each([true, false])('with hash routes %s', (hashRoutes) => {
    for (const host of hosts) {
      for (const path of paths) {
        for (const tail of tails) {
          const input = `http://${host}${path}${tail}`;
          const once = canonicalUrl(input, undefined, { hashRoutes });
          expect(once, input).not.toBeNull();
          expect(canonicalUrl(once ?? '', undefined, { hashRoutes }), input).toBe(once);
          const spelling = writtenUrl(input, undefined, { hashRoutes })?.spelling ?? once ?? '';
          expect(writtenUrl(spelling, undefined, { hashRoutes }), input).toEqual(
            spelling === once ? { url: once } : { url: once, spelling },
          );
        }
      }
    }
  });
});

describe('writtenUrl', () => {
  const written = (path: string, hashRoutes = false) =>
    writtenUrl(`https://example.com${path}`, undefined, { hashRoutes });

  it.each([
    ['the order of parameters', '/s?q=x&page=2', '/s?page=2&q=x'],
    ['empty parameters', '/s?&a=1&&b=2&', '/s?a=1&b=2'],
    ['an empty query', '/s?', '/s'],
    ['percent-encoding', '/%7euser/%e3%83%84?q=%2d', '/~user/%E3%83%84?q=-'],
  ])('keeps %s in the spelling alone', (_, path, canonical) => {
    const spelling = `https://example.com${path}`;
    expect(written(path)).toEqual({ url: `https://example.com${canonical}`, spelling });
  });

  it.each([
    ['/s?q=x&utm_source=y&page=2#top', '/s?q=x&page=2'],
    ['/s;jsessionid=1?b=1&a=2', '/s?b=1&a=2'],
    ['/s?b&&gclid=1&a', '/s?b&&a'],
  ])('drops fragment, tracking parameters and session ids from the spelling of %s', (path, spelling) => {
    expect(written(path)?.spelling).toBe(`https://example.com${spelling}`);
  });

  it.each(['/s?utm_source=x', '/s#top', '/s?a=1&b=2', '/a/../s'])(
    'has no spelling where it is the canonical form: %s',
    (path) => expect(written(path)).not.toHaveProperty('spelling'),
  );

  it('parses as the URL Standard does', () => {
    expect(writtenUrl('HTTP://user:pw@Example.COM.:80/a b/./c?z&a', undefined)).toEqual({
      url: 'http://example.com/a%20b/c?a&z',
      spelling: 'http://example.com/a%20b/c?z&a',
    });
  });

  it('keeps a hash route as written', () => {
    expect(written('/app#/%7Euser', true)).toEqual({
      url: 'https://example.com/app#/~user',
      spelling: 'https://example.com/app#/%7Euser',
    });
  });
});

describe('requestTarget', () => {
  it.each([
    ['https://example.com', '/'],
    ['https://user@example.com/a?b=1&a=2#c', '/a?b=1&a=2'],
    ['https://example.com/a?', '/a?'],
    ['https://example.com/a#?', '/a'],
  ])('of %s is %s', (url, target) => expect(requestTarget(new URL(url))).toBe(target));
});

describe('canonicalUrl takes linear time', () => {
  const many = 200_000;
  it.each([
    ['stray percents', `/${'%'.repeat(many)}`],
    ['escapes', `/${'%41'.repeat(many)}`],
    ['ampersands', `/?${'&'.repeat(many)}`],
    ['parameters', `/?${'b&a&'.repeat(many)}`],
    ['path parameters', `/${';jsessionid='.repeat(many)}`],
    ['dot segments', `/${'a/../'.repeat(many)}`],
    ['slashes', '/'.repeat(many)],
    ['signs', `/${'@.:'.repeat(many)}`],
  ])('%s', (_, path) => {
    const started = performance.now();
    expect(canonicalUrl(`https://example.com${path}`)).not.toBeNull();
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('fragmentOf', () => {
  it.each([
    ['page.html', ''],
    ['page.html#', ''],
    ['page.html#intro', 'intro'],
    ['#a#b', 'a#b'],
    ['#%EC%A1%B0%EA%B1%B4 ', '조건'],
    ['#조건', '조건'],
    ['#100%', '100%'],
    ['#%ff', '%ff'],
    ['#intro:~:text=hello', 'intro'],
    ['#:~:text=hello', ''],
    ['#/users', '/users'],
  ])('%j', (href, expected) => expect(fragmentOf(href)).toBe(expected));

  it('leaves out a hash route that belongs to the URL', () => {
    expect(fragmentOf('#/users', { hashRoutes: true })).toBe('');
    expect(fragmentOf('#intro', { hashRoutes: true })).toBe('intro');
  });
});
