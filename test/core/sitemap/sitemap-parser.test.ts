import { describe, expect, it } from 'vitest';
import { parsedSitemap } from '../../support/parsed-sitemap.ts';

const NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

function urlset(...locations: readonly string[]): string {
  const entries = locations.map((location) => `<url><loc>${location}</loc></url>`).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${NS}>${entries}</urlset>`;
}

describe('SitemapParser: XML', () => {
  it('takes the pages of a sitemap', () => {
    const text = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
      <?xml-stylesheet type="text/xsl" href="/s.xsl"?>
      <!-- <urlset><url><loc>https://example.com/comment</loc></url></urlset> -->
      <urlset ${NS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
        <url>
          <loc>
            https://example.com/a
          </loc>
          <lastmod>2024-01-01</lastmod>
          <image:image><image:loc>https://example.com/a.png</image:loc></image:image>
          <xhtml:link rel="alternate" hreflang="de" href="https://example.com/de/a"/>
        </url>
        <url><priority>0.5</priority><loc>https://example.com/b</loc></url>
      </urlset>`;
    expect(parsedSitemap(text)).toEqual({
      urls: ['https://example.com/a', 'https://example.com/b'],
      sitemaps: [],
    });
  });

  it('takes the sitemaps of an index', () => {
    const text = `<sitemapindex ${NS}><sitemap><loc>https://example.com/s1.xml.gz</loc></sitemap>
      <sitemap><lastmod>2024</lastmod><loc>/s2.xml</loc></sitemap></sitemapindex>`;
    expect(parsedSitemap(text)).toEqual({ urls: [], sitemaps: ['https://example.com/s1.xml.gz', '/s2.xml'] });
  });

  it('takes elements with the prefix of the root, in any case', () => {
    const text =
      '<sm:urlSet><sm:URL><sm:Loc>https://example.com/a</sm:Loc><loc>https://example.com/b</loc></sm:URL></sm:urlSet>';
    expect(parsedSitemap(text).urls).toEqual(['https://example.com/a']);
  });

  it.each([
    ['https://example.com/?a=1&amp;b=2', 'https://example.com/?a=1&b=2'],
    ['https://example.com/&lt;&gt;&quot;&apos;', 'https://example.com/<>"\''],
    ['https://example.com/&#38;&#x26;&#X26;', 'https://example.com/&&&#X26;'],
    ['https://example.com/&amp;amp;', 'https://example.com/&amp;'],
    ['https://example.com/?a&b=&nbsp;', 'https://example.com/?a&b=&nbsp;'],
    ['https://example.com/&#0;&#x110000;', 'https://example.com/&#0;&#x110000;'],
    ['<![CDATA[https://example.com/?a=1&b=2]]>', 'https://example.com/?a=1&b=2'],
    [' <![CDATA[ https://example.com/?a&amp;b ]]> ', 'https://example.com/?a&amp;b'],
    ['https://example.com/&#xD55C;', 'https://example.com/한'],
  ])('decodes %j', (written, expected) => expect(parsedSitemap(urlset(written)).urls).toEqual([expected]));

  it('expands no entity that the document declares', () => {
    const text = `<!DOCTYPE urlset [<!ENTITY a "https://evil.example/"><!ENTITY b SYSTEM "file:///etc/passwd">]>
      ${urlset('&a;', '&b;').replace(/^.*\n/, '')}`;
    expect(parsedSitemap(text).urls).toEqual(['&a;', '&b;']);
  });

  it.each([
    [
      'a missing end of the element',
      '<urlset><url><loc>https://example.com/a<url><loc>https://example.com/b</loc></url></urlset>',
      ['https://example.com/b'],
    ],
    [
      'a missing end of the file',
      '<urlset><url><loc>https://example.com/a</loc></url><url><loc>https://exam',
      ['https://example.com/a'],
    ],
    ['empty elements', '<urlset><url/><url><loc/><loc></loc><loc> </loc></url></urlset>', []],
    ['a location outside an entry', '<urlset><loc>https://example.com/a</loc></urlset>', []],
    [
      'an end without a start',
      '<urlset><url></loc></url><url><loc>https://example.com/a</loc></url></urlset>',
      ['https://example.com/a'],
    ],
    [
      'attributes',
      '<urlset><url id="1"><loc xml:space="preserve" >https://example.com/a</loc ></url></urlset>',
      ['https://example.com/a'],
    ],
    [
      'a comment that never ends',
      '<urlset><url><loc>https://example.com/a</loc></url><!-- <url><loc>b</loc></url>',
      ['https://example.com/a'],
    ],
    [
      'a location that is too long',
      urlset(`https://example.com/${'a'.repeat(9_000)}`, 'https://example.com/b'),
      ['https://example.com/b'],
    ],
  ])('bears %s', (_, text, urls) => expect(parsedSitemap(text)).toEqual({ urls, sitemaps: [] }));

  it.each([
    ['an HTML page', '<!DOCTYPE html><html><body><url><loc>https://example.com/a</loc></url></body></html>'],
    ['a feed', '<rss><channel><item><link>https://example.com/a</link></item></channel></rss>'],
    ['a lone bracket', '<'],
    ['white space', ' \n\t '],
    ['nothing', ''],
  ])('reads %s as empty', (_, text) => expect(parsedSitemap(text)).toEqual({ urls: [], sitemaps: [] }));

  it('takes 50,000 URLs', () => {
    const urls = Array.from({ length: 50_001 }, (_, index) => `https://example.com/${index}`);
    const taken = parsedSitemap(urlset(...urls)).urls;
    expect(taken).toHaveLength(50_000);
    expect(taken.at(-1)).toBe('https://example.com/49999');
  });
});

describe('SitemapParser: plain text', () => {
  it('takes the lines that are URLs', () => {
    const text =
      '\uFEFFhttps://example.com/a?b&amp;c\r\n\n  HTTP://example.com/d \rnot a url\n# x\nftp://example.com/e\nhttps://example.com/f g\n';
    expect(parsedSitemap(text)).toEqual({
      urls: ['https://example.com/a?b&amp;c', 'HTTP://example.com/d'],
      sitemaps: [],
    });
  });

  it('takes 50,000 URLs', () => {
    expect(parsedSitemap('https://example.com/a\n'.repeat(50_001)).urls).toHaveLength(50_000);
  });
});

describe('SitemapParser in pieces', () => {
  it.each([1, 2, 3, 7, 64])('of %d characters returns the same entries', (size) => {
    const text = `<?xml version="1.0"?><!-- a&b --><urlset>
      <url><loc>https://example.com/?a=1&b=2</loc></url><url><loc>https://example.com/?a&amp;b&#38;c</loc></url>
      <url><loc><![CDATA[https://example.com/?x=1&y=2]]></loc></url><url><loc>https://example.com/&nbsp;</loc></url>
      <!-- <![CDATA[ & --><url><loc>https://example.com/한?&a;</loc></url></urlset>`;
    const whole = parsedSitemap(text);
    expect(whole.urls).toEqual([
      'https://example.com/?a=1&b=2',
      'https://example.com/?a&b&c',
      'https://example.com/?x=1&y=2',
      'https://example.com/&nbsp;',
      'https://example.com/한?&a;',
    ]);
    expect(parsedSitemap(text, size)).toEqual(whole);
    const list = 'https://example.com/a\r\n\r\nhttps://example.com/b';
    expect(parsedSitemap(list, size)).toEqual(parsedSitemap(list));
  });
});

describe('SitemapParser takes linear time', () => {
  const many = 300_000;
  it.each([
    ['opened brackets', `<urlset>${'<'.repeat(many)}`],
    ['opened comments', `<urlset>${'<!--'.repeat(many)}`],
    ['opened CDATA', `<urlset><url><loc>${'<![CDATA['.repeat(many)}`],
    ['opened locations', `<urlset><url>${'<loc>'.repeat(many)}`],
    ['closed locations', `<urlset><url>${'</loc>'.repeat(many)}`],
    ['hidden comments', `<urlset><url>${`<loc>${'<b<!-->'.repeat(1_000)}</loc>`.repeat(many / 1_000)}`],
    ['ampersands', urlset('&#'.repeat(4_000)).repeat(20)],
    ['nested elements', `<urlset>${'<url>'.repeat(many)}`],
    ['a long name', `<urlset><${'a'.repeat(many * 5)}>`],
    ['white space', ' '.repeat(many * 5)],
    ['line ends', `x${'\r\n'.repeat(many)}`],
    ['a long line', `https://${'a'.repeat(many * 5)} b`],
  ])('with %s', (_, text) => {
    const started = performance.now();
    parsedSitemap(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
