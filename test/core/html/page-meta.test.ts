import { describe, expect, it } from 'vitest';
import { parseMetaRefresh } from '../../../src/core/html/page-meta.ts';
import { read } from './read.ts';

describe('title', () => {
  it.each([
    ['<title> A\n b </title><h1>H</h1>', 'A b'],
    ['<title></title><meta property="og:title" content="Og"><h1>H</h1>', 'Og'],
    ['<svg><title>Icon</title></svg><h2>Two</h2><h1>One</h1>', 'One'],
    ['<p>text</p>', 'page.html'],
  ])('of %s is %j', (html, title) => {
    expect(read(html).title).toBe(title);
  });

  it('is the last step of the URL, decoded, or the host, where nothing else names the page', () => {
    expect(read('', { url: 'https://example.com/a/%ED%95%9C%EA%B5%AD/' }).title).toBe('한국');
    expect(read('', { url: 'https://example.com/%ff' }).title).toBe('%ff');
    expect(read('', { url: 'https://example.com/' }).title).toBe('example.com');
  });
});

describe('description, canonical and robots', () => {
  it('takes the description, else that of the preview', () => {
    const og = '<meta property="og:description" content="og">';
    expect(read(`${og}<meta name="Description" content=" one\n two ">`).description).toBe('one two');
    expect(read(og).description).toBe('og');
    expect(read('').description).toBeNull();
  });

  it('takes the first canonical link, as canonical URL', () => {
    const html = '<link rel="canonical" href="/A?b=1&a=2#x"><link rel="canonical" href="/B">';
    expect(read(html).canonical).toBe('https://example.com/A?a=2&b=1');
    expect(read('<link rel="canonical" href="file:///x">').canonical).toBeNull();
  });

  it.each([
    ['<meta name="robots" content="NOINDEX, follow">', true],
    ['<meta name="robots" content="none">', true],
    ['<meta name="robots" content="index, follow">', false],
    ['<meta name="description" content="noindex">', false],
  ])('reads %s', (html, noindex) => {
    expect(read(html).noindex).toBe(noindex);
  });
});

describe('language', () => {
  it.each([
    ['<html lang="en-us">', 'en-US'],
    ['<html lang="ko_KR">', 'ko-KR'],
    ['<html lang=""><meta http-equiv="Content-Language" content="de, en">', 'de'],
    ['<html lang="no such tag!"><meta property="og:locale" content="fr_FR">', 'fr-FR'],
    ['<p>안녕하세요 여러분 hello', 'ko'],
    ['<p>これはテストです', 'ja'],
    ['<p>Hello', null],
    ['<p>漢字', null],
    ['', null],
  ])('of %s is %j', (html, language) => {
    expect(read(html).language).toBe(language);
  });
});

describe('meta refresh', () => {
  it.each([
    ['5', { seconds: 5, target: '' }],
    ['0;url=/a', { seconds: 0, target: '/a' }],
    ['3; URL = "/a b" x', { seconds: 3, target: '/a b' }],
    ["1.5;url='/a'", { seconds: 1, target: '/a' }],
    ['2,/a', { seconds: 2, target: '/a' }],
    ['url', null],
    ['', null],
  ])('%j is %j', (content, refresh) => {
    expect(parseMetaRefresh(content)).toEqual(refresh);
  });

  it('leads on after at most ten seconds, to another page', () => {
    const refresh = (content: string) => read(`<meta http-equiv="Refresh" content="${content}">`).refresh;
    expect(refresh('10;url=/new')).toBe('https://example.com/new');
    expect(refresh('11;url=/new')).toBeNull();
    expect(refresh('5')).toBeNull();
    expect(refresh('0;url=page.html#x')).toBeNull();
  });
});

describe('blocked pages', () => {
  it.each([
    [
      'Cloudflare challenge',
      '<title>Just a moment...</title><div id="challenge-running"></div>Checking your browser.',
    ],
    [
      'Cloudflare orchestration',
      '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1?ray=1"></script>Verify.',
    ],
    [
      'denied access',
      "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this.",
    ],
    [
      'a captcha alone',
      '<title>Robot?</title><form><div class="g-recaptcha"></div><button>Go on</button></form>',
    ],
    ['a captcha frame alone', '<iframe src="https://newassets.hcaptcha.com/captcha/v1/x.html"></iframe>'],
    ['DataDome', '<iframe src="https://geo.captcha-delivery.com/captcha/?x"></iframe>'],
  ])('%s', (_, html) => {
    expect(read(html).blocked).toBe(true);
  });

  const text = 'A page with something to say. '.repeat(60);
  it.each([
    ['a login form with a captcha', '<form><input type="password"><div class="h-captcha"></div></form>'],
    [
      'a page that embeds an invisible captcha',
      '<iframe src="https://x/recaptcha/api2/anchor?size=invisible"></iframe>',
    ],
    ['a page behind Cloudflare', '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>Hi'],
    ['a long page about denials', `<title>Access denied errors</title>${text}`],
    ['a page with a captcha below its text', `${text}<div class="g-recaptcha"></div>`],
    ['an empty page', ''],
  ])('not %s', (_, html) => {
    expect(read(html).blocked).toBe(false);
  });
});
