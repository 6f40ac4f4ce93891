import { describe, expect, it } from 'vitest';
import { parseThreadsFor, tabsFor } from '../../src/core/settings.ts';

describe('browser tabs', () => {
  it.each([
    [1, 2],
    [2, 4],
    [4, 8],
    [64, 8],
  ])('on %i cores are %i', (cores, tabs) => {
    expect(tabsFor(0, cores)).toBe(tabs);
  });

  it('are as many as the setting says', () => {
    expect(tabsFor(12, 2)).toBe(12);
  });
});

describe('parse threads', () => {
  it.each([
    [1, 1],
    [2, 1],
    [8, 7],
  ])('on %i cores are %i', (cores, threads) => {
    expect(parseThreadsFor(0, cores)).toBe(threads);
  });

  it('are as many as the setting says', () => {
    expect(parseThreadsFor(3, 2)).toBe(3);
  });
});
