import { describe, expect, it } from 'vitest';
import { MAX_ROBOTS_SITEMAPS, parseRobots } from '../../../src/core/robots/parse-robots.ts';

const GROUP = { agents: ['a'], lines: [{ allow: false, path: '/x' }], crawlDelayMs: null };

describe('parseRobots: one group', () => {
  it.each([
    ['LF', 'User-agent: a\nDisallow: /x\n'],
    ['CRLF', 'User-agent: a\r\nDisallow: /x\r\n'],
    ['CR', 'User-agent: a\rDisallow: /x\r'],
    ['no end of line', 'User-agent: a\nDisallow: /x'],
    ['a byte order mark', '\uFEFFUser-agent: a\nDisallow: /x'],
    ['any case', 'USER-AGENT: A\ndisALLOW: /x'],
    ['white space', ' \tUser-agent\t :  a \t\n  Disallow :/x  '],
    ['comments', '# robots\nUser-agent: a # us\n# between\nDisallow: /x#y\n#end'],
    ['blank lines inside', 'User-agent: a\n\n\nDisallow: /x\n\n'],
    ['unknown lines', 'nonsense\nUser-agent: a\nNoindex: /y\nHost: z\n::::\nDisallow: /x'],
    ['rules before any agent', 'Disallow: /y\nCrawl-delay: 3\nUser-agent: a\nDisallow: /x'],
    ['a version behind the token', 'User-agent: A/2.1 (x)\nDisallow: /x'],
    ['paths that are none', 'User-agent: a\nDisallow: y\nDisallow: https://example.com/y\nDisallow: /x'],
  ])('with %s', (_, text) => expect(parseRobots(text)).toEqual({ groups: [GROUP], sitemaps: [] }));

  it.each([
    ['nothing', ''],
    [
      'an HTML page',
      '<!DOCTYPE html>\n<html><head><style>a:hover{}</style></head>\n<a href="https://x/">Allow: /</a></html>',
    ],
    ['binary', '\u0000\u0001:\ufffd\n:::\r\r\r'],
  ])('is not made of %s', (_, text) => expect(parseRobots(text)).toEqual({ groups: [], sitemaps: [] }));
});

describe('parseRobots: several groups', () => {
  it('starts one at the agent behind a rule, also an empty one', () => {
    const text = 'User-agent: a\nUser-agent: b\nDisallow:\nUser-agent: c\nAllow: /y';
    expect(parseRobots(text).groups).toEqual([
      { agents: ['a', 'b'], lines: [], crawlDelayMs: null },
      { agents: ['c'], lines: [{ allow: true, path: '/y' }], crawlDelayMs: null },
    ]);
  });

  it('starts none at other records (§2.2.4)', () => {
    const text =
      'User-agent: a\nSitemap: https://example.com/s.xml\nCrawl-delay: 2\nUser-agent: b\nDisallow: /x';
    expect(parseRobots(text)).toEqual({
      groups: [{ agents: ['a', 'b'], lines: [{ allow: false, path: '/x' }], crawlDelayMs: 2_000 }],
      sitemaps: ['https://example.com/s.xml'],
    });
  });
});

describe('parseRobots: Crawl-delay', () => {
  it.each([
    ['10', 10_000],
    ['0.5', 500],
    ['.25', 250],
    ['2.', 2_000],
    ['0', 0],
    ['3 # seconds', 3_000],
    ['60', 60_000],
    ['86400', 60_000],
    ['9'.repeat(400), 60_000],
    ['-1', null],
    ['1e3', null],
    ['5s', null],
    ['0x10', null],
    ['Infinity', null],
    ['', null],
  ])('%j', (value, expected) => {
    expect(parseRobots(`User-agent: *\nCrawl-delay: ${value}`).groups[0]?.crawlDelayMs).toBe(expected);
  });
});

describe('parseRobots: Sitemap', () => {
  it('belongs to no group and is taken as written', () => {
    const text = 'Sitemap: https://example.com/a.xml\nUser-agent: a\nDisallow: /x\nsitemap:/b.xml \nSitemap:';
    expect(parseRobots(text).sitemaps).toEqual(['https://example.com/a.xml', '/b.xml']);
  });

  it('is taken a bounded number of times', () => {
    expect(parseRobots('Sitemap: /s\n'.repeat(5_000)).sitemaps).toHaveLength(MAX_ROBOTS_SITEMAPS);
  });
});

describe('parseRobots takes linear time', () => {
  it.each([
    ['line ends', '\r'.repeat(500_000)],
    ['colons', ':'.repeat(500_000)],
    ['white space', `User-agent:${' '.repeat(500_000)}a`],
    ['agents', 'User-agent: a\n'.repeat(35_000)],
    ['groups', 'User-agent:a\nAllow:\n'.repeat(25_000)],
    ['comments', '#'.repeat(500_000)],
    ['digits', `User-agent: a\nCrawl-delay: ${'1'.repeat(500_000)}x`],
  ])('with many %s', (_, text) => {
    const started = performance.now();
    parseRobots(text);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
