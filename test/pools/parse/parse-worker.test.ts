import { describe, expect, it } from 'vitest';
import { MAX_TAG_ATTRIBUTES } from '../../../pools/parse/bounded-parser.ts';
import { parseDocument } from '../../../pools/parse/parse-document.ts';
import { parseJob } from '../../../pools/parse/parse-worker.ts';
import type { DomNode } from '../../../src/core/html/dom.ts';
import type { ParsedPage } from '../../../src/model/parsed-page.ts';

const SCOPE = { hosts: ['example.com'], subdomains: false, include: [], exclude: [], hashRoutes: false };
/** Milliseconds; far more than any of these needs, far less than the pool allows. */
const LIMIT = 10_000;

function parse(body: Uint8Array | string): ParsedPage {
  return parseJob({
    url: 'https://example.com/',
    body,
    contentType: 'text/html',
    charset: null,
    scope: SCOPE,
  });
}

/** Attributes `a0`, `a1`, … of a tag, each with this value. */
function attributes(count: number, value = ''): string {
  return Array.from({ length: count }, (_, n) => `a${n}${value}`).join(' ');
}

function paragraphOf(node: DomNode): DomNode | null {
  if (node.name === 'p') return node;
  return (node.children ?? []).map(paragraphOf).find((found) => found !== null) ?? null;
}

describe('hostile pages', { timeout: LIMIT }, () => {
  it.each([
    ['div', '<div>'.repeat(100_000), '</div>'.repeat(100_000)],
    ['div with end tags of something else', '<div></span>'.repeat(100_000), ''],
    ['section with headings', '<section><h2>h</h2>'.repeat(100_000), ''],
    ['formatting', '<b><i><font size=1>'.repeat(33_000), ''],
    ['list', '<ul><li>'.repeat(100_000), ''],
    ['table', '<table><tr><td>'.repeat(100_000), ''],
    ['link', '<a>'.repeat(100_000), ''],
    ['form', '<form>'.repeat(100_000), ''],
    ['svg', '<svg><g>'.repeat(100_000), ''],
    ['span in label', '<label><span>'.repeat(100_000), ''],
  ])('nested 100,000 deep: %s', (_, before, after) => {
    const page = parse(`${before}<a href="/deep">deep</a>${after}`);
    expect(page.links.map(({ url }) => url)).toContain('https://example.com/deep');
  });

  it.each([
    ['one endless tag', `<div ${'a=1 '.repeat(500_000)}`],
    ['one endless comment', `<!--${'-'.repeat(2_000_000)}`],
    ['lone brackets', '<'.repeat(2_000_000)],
    ['quotes that never end', '<p a="'.repeat(300_000)],
    ['white space', ' \n'.repeat(1_000_000)],
    ['a long class', `<div class="${'cookie '.repeat(300_000)}">x</div>`],
    ['many classes', '<div class="breadcrumb-x pager-y cookie">x</div>'.repeat(30_000)],
    ['many headings', '<h2>x</h2>'.repeat(100_000)],
    [
      'many names by reference',
      `<p id=p>${'x'.repeat(10_000)}</p>${'<a href=/ aria-labelledby="p p p">'.repeat(20_000)}`,
    ],
    ['many controls', '<label>x<input></label>'.repeat(30_000)],
    ['a style without an end', `<p style="${';'.repeat(1_000_000)}">x</p>`],
  ])('of one kind of thing: %s', (_, html) => {
    expect(parse(html).sections.length).toBeLessThanOrEqual(5000);
  });

  it.each([
    ['300,000 attributes on one tag', 1, `<p ${attributes(300_000)}>x</p>`],
    ['300,000 attributes on an end tag', 1, `<p>x</p ${attributes(300_000)}>`],
    ['10,000 attributes on each of 300 tags', 3, `<p ${attributes(10_000)}>x</p>`.repeat(300)],
    ['one name 300,000 times after 999 others', 1, `<p ${attributes(999)} ${'a7 '.repeat(300_000)}>x</p>`],
    ['20 values of 100 KB', 1, `<p ${attributes(20, `="${'v'.repeat(100_000)}"`)}>x</p>`],
    ['elements in the wrong place of a table', 2, `<table>${'<br>'.repeat(240_000)}<tr><td>x`],
    ['children that misnested formatting moves', 2, `<b><div>${'<br>'.repeat(240_000)}</b>x`],
    ['nesting that the cap does not see', 2, '<b><select></b></select>'.repeat(80_000)],
    [
      'formatting with many attributes',
      2,
      Array.from({ length: 400 }, (_, n) => `<b ${attributes(900)} z=${n}>`).join('') +
        '<b></b>'.repeat(20_000),
    ],
  ])('in time that grows with its size: %s', { timeout: 60_000 }, (_, seconds, html) => {
    const before = process.threadCpuUsage();
    parseDocument(html, false);
    const { user } = process.threadCpuUsage(before);
    expect(user / 1e6).toBeLessThan(seconds);
  });

  it('keeps the first attributes of a tag, and all of those that pages have', () => {
    const kept = (count: number) => {
      const html = `<p ${attributes(count, '=1')} a5=2>x</p>`;
      return Object.entries(paragraphOf(parseDocument(html, false))?.attribs ?? {});
    };
    expect(kept(100)).toEqual(Array.from({ length: 100 }, (_, n) => [`a${n}`, '1']));
    expect(kept(2000)).toEqual(Array.from({ length: MAX_TAG_ATTRIBUTES }, (_, n) => [`a${n}`, '1']));
  });

  it('nested 100,000 deep in templates, which hold nothing', () => {
    expect(parse('<template>'.repeat(100_000)).sections).toEqual([]);
  });

  it.each([
    ['elements', '<br>'.repeat(250_001)],
    ['comments', '<!---->'.repeat(250_001)],
    ['attributes', `<br ${'abcdefghij'.replaceAll(/./g, '$& ')}>`.repeat(100_001)],
    [
      'formatting opened anew in every paragraph',
      `<p>${Array.from({ length: 500 }, (_, n) => `<font a=${n}>`).join('')}${'<p>x'.repeat(1000)}`,
    ],
  ])('of too many %s', (_, html) => {
    expect(() => parse(html)).toThrow(expect.objectContaining({ reason: 'parse-memory', retryable: false }));
  });

  it('read bytes that are text in no encoding', () => {
    const noise = Uint8Array.from({ length: 200_000 }, (_, n) => (n * 2_654_435_761) >>> 24);
    expect(parse(noise).charset).toBe('windows-1252');
  });
});

describe('a page that a browser serialised', () => {
  it('is taken as text, with its scripts run', () => {
    const page = parse('<meta charset="euc-kr"><p>한<noscript>off</noscript>');
    expect(page).toMatchObject({ charset: 'utf-8', sections: [{ text: '한' }] });
  });
});
