import { describe, expect, it } from 'vitest';
import { readPassage } from '../../../src/core/map/passage.ts';
import {
  labelMismatchCost,
  linkCost,
  linkPlace,
  nameStems,
  sectionCost,
} from '../../../src/core/map/step-cost.ts';

describe('the cost of a step', () => {
  it('is the least in the text, little in menus, much in footers', () => {
    expect(sectionCost('article', 'main/article[1]', 3)).toBe(0);
    expect(sectionCost('navigation', 'header[1]/navigation[1]', 8)).toBe(5);
    expect(sectionCost('navigation', 'footer[1]/navigation[1]', 8)).toBe(110);
    expect(sectionCost('footer', 'footer#end', 8)).toBe(110);
    expect(sectionCost('section', 'main/section#footer-notes', 8)).toBe(0);
    expect(sectionCost('list', 'main/list[1]', 26)).toBe(10);
    expect(sectionCost('list', 'main/list[1]', 1000)).toBe(60);
  });

  it('makes two clear clicks cheaper than one in the footer', () => {
    const click = linkCost({ text: 'Opening hours' });
    const clear = sectionCost('navigation', 'navigation[1]', 8) + click + click;
    const footer = sectionCost('footer', 'footer[1]', 8) + click;
    expect(clear).toBeLessThan(footer);
    expect(clear + 10).toBeGreaterThan(footer);
  });

  it.each([
    ['Opening hours', 100],
    ['책', 100],
    ['here', 150],
    ['Read more', 150],
    ['더보기', 150],
    ['3', 150],
    ['»', 150],
    ['', 250],
    ['x'.repeat(81), 115],
  ])('of the label “%s” is %i', (text, cost) => {
    expect(linkCost({ text })).toBe(cost);
  });

  it('is more for a label that is not what the page is called', () => {
    const called = nameStems(['Our history']);
    expect(labelMismatchCost('History', called)).toBe(0);
    expect(labelMismatchCost('the page about the flood', called)).toBe(15);
    expect(labelMismatchCost('anything', nameStems([]))).toBe(0);
  });
});

describe('the place of a link', () => {
  const at = (type: string, path: string, repeats = false) => {
    const section = { id: '', order: 0, path, type, heading: null, anchor: null, label: null };
    return linkPlace({ section, repeats });
  };

  it('follows from its section and from what repeats', () => {
    expect(at('navigation', 'footer[1]/navigation[1]')).toBe('footer');
    expect(at('navigation', 'header[1]/navigation[1]')).toBe('menu');
    expect(at('aside', 'aside[1]', true)).toBe('menu');
    expect(at('aside', 'aside[1]')).toBe('content');
    expect(at('pagination', 'main/pagination[1]', true)).toBe('pagination');
  });
});

describe('a passage', () => {
  const words = (...texts: string[]) =>
    texts.map((text) => ({ forms: [{ text, stem: text, likeness: 1 }], documents: 1 }));

  it('scores how well a text contains words', () => {
    const { textScores } = readPassage(
      'Drills, sanders and a telescope',
      words('drill', 'telescope', 'and', 'rill', 'x'),
    );
    expect(textScores).toEqual([0.8, 1, 1, 0, 0]);
  });

  it('shows where most of them stand', () => {
    const filler = 'nothing to see here '.repeat(40);
    const { snippet } = readPassage(
      `tide ${filler}the tide clock of the town ${filler}`,
      words('tide', 'clock'),
    );
    expect(snippet).toContain('the tide clock of the town');
    expect(snippet.startsWith('…') && snippet.endsWith('…')).toBe(true);
    expect(snippet.length).toBeLessThanOrEqual(200);
  });

  it('counts letters of other scripts in the original', () => {
    const text = `${'가나다 '.repeat(100)}도서관은 부두에 있습니다.`;
    const { snippet, textScores } = readPassage(text, words('도서관'.normalize('NFD')));
    expect(textScores).toEqual([0.8]);
    expect(snippet).toContain('도서관은 부두에 있습니다.');
  });

  it('is empty where nothing is said', () => {
    expect(readPassage('text', words('absent'))).toEqual({ textScores: [0], snippet: '' });
    expect(readPassage('', words('absent'))).toEqual({ textScores: [0], snippet: '' });
  });

  it('is read in bounded time', () => {
    const start = performance.now();
    readPassage('tide '.repeat(2_000_000), words(...Array.from({ length: 16 }, () => 'tide')));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
