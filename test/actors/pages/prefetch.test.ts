import { describe, expect, it } from 'vitest';
import { Prefetch } from '../../../actors/pages/prefetch.ts';

/** Pages that are read ahead after a hundred visits with so many milliseconds between them. */
function aheadAt(gapMs: number): number {
  const ahead = new Prefetch();
  for (let visit = 0; visit < 100; visit += 1) ahead.note(1_000_000 + visit * gapMs);
  return ahead.pages;
}

describe('pages that are claimed at once', () => {
  it('are one until a pace is measured', () => {
    expect(new Prefetch().pages).toBe(1);
  });

  it.each([
    { gapMs: 1000, pages: 1 },
    { gapMs: 50, pages: 1 },
    { gapMs: 5, pages: 2 },
    { gapMs: 2, pages: 5 },
    { gapMs: 0, pages: 8 },
  ])(
    'are those of the next ten milliseconds, at most eight: $pages with $gapMs ms between visits',
    ({ gapMs, pages }) => {
      expect(aheadAt(gapMs)).toBe(pages);
    },
  );

  it('are fewer again when the pace slows down', () => {
    const ahead = new Prefetch();
    for (let at = 0; at < 100; at += 1) ahead.note(at);
    expect(ahead.pages).toBe(8);
    for (let at = 0; at < 20; at += 1) ahead.note(100 + at * 300);
    expect(ahead.pages).toBe(1);
  });
});
