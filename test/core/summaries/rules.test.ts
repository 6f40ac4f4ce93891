import { describe, expect, it } from 'vitest';
import { CallPacker, estimateTokens, packEntry, summaryKey } from '../../../src/core/summaries/call-pack.ts';
import { SummaryBudget } from '../../../src/core/summaries/summary-budget.ts';
import { isBoilerplate, ownSummary, pageText } from '../../../src/core/summaries/summary-source.ts';
import type { Subject } from '../../../src/model/summary.ts';

function subject(text: string, about: Partial<Subject> = {}): Subject {
  return { id: '1', level: 'section', title: '', language: 'en', text, boilerplate: false, ...about };
}

describe('boilerplate', () => {
  it.each(['navigation', 'footer/list[2]', 'main/breadcrumb[1]', 'header/navigation[1]/list', 'banner[3]'])(
    'stands at %s',
    (path) => expect(isBoilerplate(path)).toBe(true),
  );

  it.each(['main', 'main/article[2]/section[1]', 'main/form[1]', 'aside[1]/table'])(
    'does not stand at %s',
    (path) => expect(isBoilerplate(path)).toBe(false),
  );
});

describe('a text that needs no summary', () => {
  it('is its own when it is short', () => {
    expect(ownSummary(subject('Open  daily.\n'))).toBe('Open daily.');
    expect(ownSummary(subject('x'.repeat(240)))).toBe('x'.repeat(240));
    expect(ownSummary(subject('x'.repeat(241)))).toBeNull();
  });

  it('is a menu or a footer, of which the beginning is kept', () => {
    const own = ownSummary(subject('Home Tides Ferry '.repeat(50), { boilerplate: true }));
    expect(own).toMatch(/^Home Tides Ferry .*…$/);
    expect(own?.length).toBeLessThanOrEqual(240);
  });

  it('is a page of which nothing is known but its title', () => {
    expect(ownSummary(subject('', { level: 'page', title: 'Tides' }))).toBe('Tides');
  });
});

describe('an estimate of tokens', () => {
  it('counts four characters of English and one syllable of Korean', () => {
    expect(estimateTokens('abcdefgh')).toBe(2);
    expect(estimateTokens('도서관')).toBe(3);
    expect(estimateTokens('도서관 abc')).toBe(4);
    expect(estimateTokens('')).toBe(0);
  });
});

describe('what a page is summarised from', () => {
  it('is its description, then its sections with their headings', () => {
    const parts = [
      { heading: 'Tides', text: 'High at noon.' },
      { heading: null, text: 'No heading.' },
      { heading: 'Ferry', text: 'Ferry times of today.' },
      { heading: null, text: '' },
      { heading: 'Dogs', text: '' },
    ];
    expect(pageText('A harbour.', parts, 500)).toBe(
      'A harbour.\nTides: High at noon.\nNo heading.\nFerry times of today.\nDogs',
    );
  });

  it('is cut at its limit', () => {
    expect(pageText(null, [{ heading: null, text: 'word '.repeat(99) }], 50).length).toBeLessThanOrEqual(50);
  });
});

describe('the packer', () => {
  const entry = (text: string) => packEntry(subject(text), text);
  const keys = (pack: readonly { key: string }[] | null) => pack?.map(({ key }) => key) ?? null;

  it('fills a call up to its tokens', () => {
    const packer = new CallPacker({ subjects: 10, tokens: 5 });
    const [a, b, c] = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'].map(entry);
    if (a === undefined || b === undefined || c === undefined) throw new Error('three texts');
    expect([packer.add(a), packer.add(b)]).toEqual([null, null]);
    expect(keys(packer.add(c))).toEqual(['aaaaaaaa', 'bbbbbbbb']);
    expect(keys(packer.flush())).toEqual(['cccccccc']);
    expect(packer.flush()).toBeNull();
  });

  it('fills a call up to its number of texts', () => {
    const packer = new CallPacker({ subjects: 2, tokens: 1000 });
    expect(packer.add(entry('a'))).toBeNull();
    expect(keys(packer.add(entry('b')))).toEqual(['a', 'b']);
  });

  it('gives a text that is too large a call of its own', () => {
    const packer = new CallPacker({ subjects: 10, tokens: 5 });
    expect(packer.add(entry('x'.repeat(100)))).toBeNull();
    expect(keys(packer.add(entry('y')))).toEqual(['x'.repeat(100)]);
  });
});

describe('the key of a summary', () => {
  it('is of the content and the variant alone', () => {
    const key = summaryKey('v1', subject('Text.', { id: '1' }));
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(summaryKey('v1', subject('Text.', { id: '2', language: 'ko' }))).toBe(key);
    for (const other of [
      summaryKey('v2', subject('Text.')),
      summaryKey('v1', subject('Text!')),
      summaryKey('v1', subject('Text.', { title: 'T' })),
      summaryKey('v1', subject('Text.', { level: 'page' })),
    ]) {
      expect(other).not.toBe(key);
    }
  });
});

describe('the budget', () => {
  it('ends with its calls', () => {
    const budget = new SummaryBudget({ calls: 2, tokens: 1000 }, { calls: 1, tokens: 0 });
    expect([budget.take(1), budget.isSpent, budget.take(1)]).toEqual([true, true, false]);
  });

  it('reserves for calls in progress, and releases what they did not use', () => {
    const budget = new SummaryBudget({ calls: 10, tokens: 100 }, { calls: 0, tokens: 20 });
    expect([budget.take(50), budget.take(50)]).toEqual([true, false]);
    budget.settle(50, 10);
    expect([budget.take(70), budget.isSpent]).toEqual([true, false]);
    budget.settle(70, 70);
    expect([budget.isSpent, budget.take(1)]).toEqual([true, false]);
  });
});
