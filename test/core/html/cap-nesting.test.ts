import { describe, expect, it } from 'vitest';
import { capNesting, MAX_NESTING } from '../../../src/core/html/cap-nesting.ts';

const FULL = '<div>'.repeat(MAX_NESTING);

describe('capNesting', () => {
  it.each([
    ['shallow markup', '<div><p>a</p></div>'],
    ['many siblings', '<div>a</div>'.repeat(2000)],
    ['elements that need no end tag', '<ul>'.concat('<li>a<br><img><p>b'.repeat(2000))],
    ['tags in scripts', `<script>${'"<div>"'.repeat(2000)}</SCRIPT>`],
    ['tags in comments', `<!--${'<div>'.repeat(2000)}-->`],
    ['tags in attributes', `<p title="${'<div>'.repeat(2000)}">a`],
    ['foreign elements that close themselves', `<svg>${'<path d="M0"/>'.repeat(2000)}</svg>`],
    ['as many as may nest', `${FULL}a`],
  ])('leaves %s as it is', (_, html) => {
    expect(capNesting(html)).toBe(html);
  });

  it('leaves out what nests deeper, with its end tags, and keeps the content', () => {
    const html = `${FULL}<section title="a>b"><a href="/x">x</a></section><p>y</div>`;
    expect(capNesting(html)).toBe(`${FULL}<a href="/x">x</a><p>y</div>`);
  });

  it('begins anew once elements have ended', () => {
    const html = `${FULL}<b>1</b>${'</div>'.repeat(2)}<b>2</b>`;
    expect(capNesting(html)).toBe(`${FULL}1${'</div>'.repeat(2)}<b>2</b>`);
  });

  it('takes an end tag that ends nothing for none', () => {
    expect(capNesting(`${'<div></span>'.repeat(MAX_NESTING)}<b>x`)).toBe(
      `${'<div></span>'.repeat(MAX_NESTING)}x`,
    );
  });

  it.each(['<', '</', '<!--', '<div', '<a b="', '<script>', '</>', '<3'])(
    'ends where the markup breaks off at %s',
    (end) => {
      expect(capNesting(`<p>a${end}`)).toBe(`<p>a${end}`);
    },
  );
});
