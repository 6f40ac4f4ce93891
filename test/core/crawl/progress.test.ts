import { expect, it } from 'vitest';
import { analysingProgress, STAGES } from '../../../src/core/crawl/progress.ts';

it('the analysis goes from 60 to 80, step by step, by the pages that were looked at', () => {
  const told = [
    analysingProgress('clicks', 0, 200),
    analysingProgress('lists', 0, 200),
    analysingProgress('lists', 100, 200),
    analysingProgress('groups', 0, 200),
    analysingProgress('groups', 150, 200),
    analysingProgress('groups', 200, 200),
  ].map(({ progress }) => progress);
  expect(told).toEqual([60, 66, 69, 72, 78, 80]);
  expect(STAGES.analysing.progress).toBe(60);
  expect(STAGES.summarising.progress).toBe(80);
});

it('never goes beyond its step, and has a value for a site without pages', () => {
  expect(analysingProgress('groups', 500, 200).progress).toBe(80);
  expect(analysingProgress('lists', 0, 0).progress).toBe(66);
});
