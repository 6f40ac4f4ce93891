import { describe, expect, it } from 'vitest';
import { listHash, RepeatDetector } from '../../../src/core/pagination/list-content.ts';
import { valueIn } from '../../../src/core/pagination/page-slot.ts';
import { everyPage } from '../../../src/core/pagination/sampling.ts';
import { read } from '../html/read.ts';

describe('the detection of lists without end', () => {
  const seeing = (...hashes: readonly [page: number, hash: string][]) => {
    const watch = new RepeatDetector(everyPage(10).pages);
    return hashes.map(([page, hash]) => watch.see(page, hash));
  };

  it('sees three pages in a row that are alike, in any order', () => {
    expect(seeing([1, 'a'], [2, 'b'], [3, 'b'], [4, 'b'])).toEqual([false, false, false, true]);
    expect(seeing([6, 'b'], [4, 'b'], [5, 'b'])).toEqual([false, false, true]);
    expect(seeing([10, 'b'], [9, 'b'], [8, 'b'])).toEqual([false, false, true]);
  });

  it('takes two alike, pages apart, and one page twice for chance', () => {
    expect(seeing([1, 'a'], [2, 'a'], [3, 'b'], [4, 'a'])).not.toContain(true);
    expect(seeing([1, 'a'], [3, 'a'], [5, 'a'])).not.toContain(true);
    expect(seeing([2, 'a'], [2, 'a'], [2, 'a'])).not.toContain(true);
  });

  it('does not know pages that were not chosen', () => {
    const watch = new RepeatDetector([1, 2, 3, 10]);
    expect([1, 2, 4, 5].map((page) => watch.see(page, 'a'))).not.toContain(true);
    expect(watch.see(3, 'a')).toBe(true);
  });
});

describe('what a page of a list contains', () => {
  const template = 'https://example.com/list?page={page}';
  const hashOf = (page: number, html: string) =>
    listHash(
      read(html, { url: template.replace('{page}', String(page)) }),
      (url) => valueIn(template, url) !== null,
    );
  const bar = (page: number) =>
    `<a href="?page=${page - 1}">${page - 1}</a> <b>${page}</b> <a href="?page=${page + 1}">${page + 1}</a>`;
  const list = '<ul><li><a href="/a">A</a></li><li><a href="/b">B</a></li><li><a href="/c">C</a></li></ul>';

  it('is the same whatever number, title and menu the page shows', () => {
    const two = hashOf(
      2,
      `<title>Page 2</title><nav><a href="/x">X</a></nav><main>${list}<p>${bar(2)}</p></main>`,
    );
    const nine = hashOf(
      9,
      `<title>Page 9</title><nav><a href="/y">Y</a></nav><main>${list}<p>${bar(9)}</p></main>`,
    );
    expect(nine).toBe(two);
  });

  it('differs with the items, be they links or text', () => {
    const links = hashOf(2, `<main>${list}<p>${bar(2)}</p></main>`);
    expect(hashOf(2, `<main>${list.replace('/c', '/d')}<p>${bar(2)}</p></main>`)).not.toBe(links);
    const texts = [1, 2].map((n) =>
      hashOf(n, `<main><p>Item ${n}</p></main><nav class="pager">${bar(n)}</nav>`),
    );
    expect(texts[0]).not.toBe(texts[1]);
  });
});
