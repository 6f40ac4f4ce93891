import { expect, it } from 'vitest';
import { read } from '../html/read.ts';

const fingerprint = (main: string) =>
  read(
    `<header><a href="/">Home</a></header><nav><a href="/a">A</a></nav><main>${main}</main><footer>F</footer>`,
  ).fingerprint;

const ARTICLE = fingerprint('<article><h1>Title</h1><p>Text</p></article>');

it.each([
  ['other words', '<article><h1>Other</h1><p>Longer text, and more of it.</p></article>'],
  [
    'chapters',
    '<article><h1>T</h1><p>Text</p><h2>One</h2><p>1</p><h2>Two</h2><p>2</p><h3>Three</h3><p>3</p></article>',
  ],
  [
    'a table and a list',
    '<article><h1>T</h1><table><tr><th>a<tr><td>1</table><ul><li><a href="/1">1</a><li><a href="/2">2</a><li><a href="/3">3</a></ul></article>',
  ],
  ['more of the same', '<article><h1>T</h1><p>1</p></article><article><h1>U</h1><p>2</p></article>'],
  [
    'a bar of pages',
    '<article><h1>T</h1><p>1</p></article><nav class="pagination"><a href="?page=2">2</a></nav>',
  ],
  [
    'a cookie banner',
    '<div class="cookie-banner">We use cookies <button>OK</button></div><article><p>1</p></article>',
  ],
])('a page with %s has the same layout', (_, main) => {
  expect(fingerprint(main)).toBe(ARTICLE);
});

it.each([
  ['no article', '<h1>Title</h1><p>Text</p>'],
  ['a form', '<article><p>Text</p></article><form><label>Name <input name="n"></label></form>'],
  ['something aside', '<article><p>Text</p></article><aside>More</aside>'],
  ['a breadcrumb', '<nav aria-label="Breadcrumb"><a href="/">Home</a></nav><article><p>Text</p></article>'],
])('a page with %s has another layout', (_, main) => {
  expect(fingerprint(main)).not.toBe(ARTICLE);
});
