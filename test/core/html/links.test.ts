import { describe, expect, it } from 'vitest';
import { PAGE_URL, type ReadOptions, read } from './read.ts';

function urls(html: string, options?: ReadOptions): string[] {
  return read(html, options).links.map(({ url, fragment }) => (fragment === '' ? url : `${url}#${fragment}`));
}

function names(html: string): string[] {
  return read(html).links.map(({ text }) => text);
}

describe('links', () => {
  it('are resolved against the page, canonical, with their fragment apart', () => {
    const html = `<a href="next.html">n</a><a href="../up/?b=2&a=1#f">u</a><a href="//OTHER.example.com">o</a>
      <a href="#here">h</a><a href="">s</a><a href="  /spaced&#10; ">x</a>`;
    expect(urls(html)).toEqual([
      'https://example.com/docs/next.html',
      'https://example.com/up/?a=1&b=2#f',
      'https://other.example.com/',
      `${PAGE_URL}#here`,
      PAGE_URL,
      'https://example.com/spaced',
    ]);
  });

  it('are resolved against the first base that is a web address, wherever it stands', () => {
    expect(urls('<a href="a">a</a><base href="/b/"><base href="/c/">')).toEqual(['https://example.com/b/a']);
    expect(urls('<base href="javascript:x"><a href="a">a</a>')).toEqual(['https://example.com/docs/a']);
    expect(urls('<base href="https://cdn.test/x/"><a href="#f">a</a>')).toEqual(['https://cdn.test/x/#f']);
  });

  it('leave out what is no web address', () => {
    const odd = [
      'javascript:go()',
      'mailto:a@b.c',
      'tel:1',
      'data:text/html,x',
      'ftp://a.b/',
      'http://',
      'about:blank',
    ];
    expect(urls(odd.map((href) => `<a href="${href}">x</a>`).join(''))).toEqual([]);
    expect(urls('<a>x</a><a name="y">y</a>')).toEqual([]);
  });

  it('come from anchors, image maps and frames', () => {
    const html = `<a href="/a">a</a><map><area href="/b" alt="B"></map><iframe src="/c" title="C"></iframe>
      <svg><a xlink:href="/d"><text>D</text></a></svg>`;
    expect(read(html).links.map(({ url, role, text }) => [url, role, text])).toEqual([
      ['https://example.com/a', 'link', 'a'],
      ['https://example.com/b', 'link', 'B'],
      ['https://example.com/c', 'frame', 'C'],
      ['https://example.com/d', 'link', 'D'],
    ]);
  });

  it('keep those in closed menus, with their names, and none in templates and scripts', () => {
    const html = `<nav><ul style="display:none"><li><a href="/a">Deep <b>down</b></a></ul></nav>
      <template><a href="/t">t</a></template><script>'<a href="/s">s</a>'</script>`;
    const { links, sections } = read(html);
    expect(links.map(({ url, text }) => [url, text])).toEqual([['https://example.com/a', 'Deep down']]);
    expect(sections).toHaveLength(1);
    expect(sections[0]).toMatchObject({ type: 'navigation', text: '' });
  });

  it('say their role, their rel and their section', () => {
    const html =
      '<nav><a href="/a" role="menuitem" rel="Next  nofollow">a</a></nav><main><a href="/b">b</a></main>';
    expect(read(html).links).toEqual([
      {
        url: 'https://example.com/a',
        fragment: '',
        text: 'a',
        role: 'menuitem',
        rel: ['next', 'nofollow'],
        section: 0,
      },
      { url: 'https://example.com/b', fragment: '', text: 'b', role: 'link', rel: [], section: 1 },
    ]);
  });

  it('take hash routes for pages of their own if requested', () => {
    const html = '<a href="#/inbox">i</a><a href="#part">p</a>';
    const self = 'https://example.com/app';
    expect(urls(html, { url: self })).toEqual([`${self}#/inbox`, `${self}#part`]);
    const { links, found } = read(html, { url: self, scope: { hashRoutes: true } });
    expect(links.map(({ url, fragment }) => [url, fragment])).toEqual([
      [`${self}#/inbox`, ''],
      [self, 'part'],
    ]);
    expect(found.map(({ url }) => url)).toEqual([`${self}#/inbox`, self]);
  });

  it('are bounded in number, and the rest is counted', () => {
    const html = Array.from({ length: 50_003 }, (_, n) => `<a href="/${n % 7}">x</a>`).join('');
    const page = read(html);
    expect(page.links).toHaveLength(50_000);
    expect(page.linksDropped).toBe(3);
    expect(page.found).toHaveLength(7);
  });

  it('are read fast even where there are 20,000 of them', () => {
    const html = Array.from({ length: 20_000 }, (_, n) => `<li><a href="/p/${n}?x=${n}">Page ${n}</a>`).join(
      '',
    );
    const start = performance.now();
    const page = read(`<ul>${html}</ul>`);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(page.found).toHaveLength(20_000);
    expect(page.links[19_999]?.text).toBe('Page 19999');
  });
});

describe('names of links', () => {
  it.each([
    ['<a href="/" aria-label="Start page">Home</a>', 'Start page'],
    [
      '<a href="/" aria-labelledby="x y">no</a><b id="x">Read</b> <b id="y">more <i>now</i></b>',
      'Read more now',
    ],
    ['<a href="/" aria-labelledby="gone">Text</a>', 'Text'],
    ['<a href="/"><img src="l.png" alt="Logo"></a>', 'Logo'],
    ['<a href="/">See<img alt="all">of it</a>', 'See all of it'],
    ['<a href="/" title="Tip"><i class="icon"></i></a>', 'Tip'],
    ['<a href="/"><svg><title>Icon</title></svg></a>', 'Icon'],
    ['<a href="/"><i aria-label="Star"></i></a>', 'Star'],
    ['<a href="/"><span aria-hidden="true">★</span> Rate</a>', 'Rate'],
    ['<a href="/"></a>', ''],
    ['<a href="/">  a\n b</a>', 'a b'],
  ])('%s is called %j', (html, name) => {
    expect(names(html)).toEqual([name]);
  });

  it('are at most 300 characters long', () => {
    expect(names(`<a href="/">${'ab '.repeat(400)}</a>`)).toEqual(['ab '.repeat(100).trim()]);
    expect(names(`<a href="/" aria-label="${'x'.repeat(1000)}"></a>`)[0]).toHaveLength(300);
  });
});

describe('found URLs', () => {
  it('are as written, once for each spelling', () => {
    const hrefs = [
      '/s?q=x&page=2',
      '/s?page=2&q=x#top',
      '/s?q=x&page=2&utm_source=y',
      '/plain',
      '//other.test/?b&a',
    ];
    const html = hrefs.map((href) => `<a href="${href.replaceAll('&', '&amp;')}">x</a>`).join('');
    const canonical = 'https://example.com/s?page=2&q=x';
    expect(read(html).found).toEqual([
      { url: canonical, spelling: 'https://example.com/s?q=x&page=2', host: 'example.com', skip: null },
      { url: canonical, host: 'example.com', skip: null },
      { url: 'https://example.com/plain', host: 'example.com', skip: null },
      { url: 'https://other.test/?a&b', host: 'other.test', skip: 'out-of-scope' },
    ]);
  });

  it('are too long if their spelling is', () => {
    const long = `/s?q=x${'&'.repeat(2048)}page=2`.replaceAll('&', '&amp;');
    expect(read(`<a href="${long}">x</a>`).found).toMatchObject([
      { url: 'https://example.com/s?page=2&q=x', skip: 'url-too-long' },
    ]);
  });

  it('hold each URL once, with host and verdict', () => {
    const html = `<a href="/a">1</a><a href="/a#x">2</a><a href="https://other.test:8080/">3</a>
      <a href="/private/x">4</a><a href="/${'x'.repeat(3000)}">5</a>`;
    const { found } = read(html, { scope: { exclude: ['/private/*'] } });
    expect(found.map(({ host, skip }) => [host, skip])).toEqual([
      ['example.com', null],
      ['other.test:8080', 'out-of-scope'],
      ['example.com', 'excluded'],
      ['example.com', 'url-too-long'],
    ]);
    expect(found[0]?.url).toBe('https://example.com/a');
  });

  it('hold what the head leads to: next, previous, other languages, refresh', () => {
    const html = `<link rel="next" href="2.html"><link rel="prev" href="0.html"><link rel="stylesheet" href="s.css">
      <link rel="alternate" hreflang="ko" href="/ko/"><link rel="alternate" type="application/rss+xml" href="/rss">
      <meta http-equiv="refresh" content="60; url=/later">`;
    const { found, links } = read(html);
    expect(found.map(({ url }) => url)).toEqual([
      'https://example.com/later',
      'https://example.com/docs/2.html',
      'https://example.com/docs/0.html',
      'https://example.com/ko/',
    ]);
    expect(links).toEqual([]);
  });
});
