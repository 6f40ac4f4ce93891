import { describe, expect, it } from 'vitest';
import { diffSections } from '../../../src/core/history/compare-crawls.ts';
import type { SectionVersion } from '../../../src/model/history.ts';

/** Sections written as `path heading content`; `-` stands for no heading. */
function page(...sections: readonly string[]): SectionVersion[] {
  return sections.map((section) => {
    const [path = '', heading = '-', content = ''] = section.split(' ');
    return { id: `id of ${path}`, path, type: 'section', heading: heading === '-' ? null : heading, content };
  });
}

function changes(before: readonly SectionVersion[], after: readonly SectionVersion[]): readonly string[] {
  return diffSections(before, after).map(
    ({ change, section }) => `${change} ${section.path} ${section.content}`,
  );
}

describe('what became of the sections of a page', () => {
  it('is nothing where all is the same', () => {
    expect(changes(page('a A 1', 'b B 2'), page('a A 1', 'b B 2'))).toEqual([]);
    expect(changes([], [])).toEqual([]);
  });

  it('is matched by path if content and heading are new', () => {
    expect(changes(page('a A 1', 'b B 2'), page('a A 1', 'b C 3'))).toEqual(['changed b 3']);
  });

  it('is nothing for a section that has only moved', () => {
    expect(changes(page('s1 A 1', 's2 B 2'), page('s1 N 9', 's2 A 1', 's3 B 2'))).toEqual(['added s1 9']);
    expect(changes(page('s1 A 1', 's2 B 2'), page('s1 B 2', 's2 A 1'))).toEqual([]);
  });

  it('goes by the heading before the path: a section may move and change at once', () => {
    expect(changes(page('s1 A 1', 's2 B 2'), page('s1 N 9', 's2 A 5', 's3 B 2'))).toEqual([
      'added s1 9',
      'changed s2 5',
    ]);
  });

  it('lists removed sections last, as they were', () => {
    expect(changes(page('s1 A 1', 's2 - 2', 's3 C 3'), page('s1 N 9'))).toEqual([
      'changed s1 9',
      'removed s2 2',
      'removed s3 3',
    ]);
  });

  it('counts sections that are alike one by one', () => {
    expect(changes(page('s1 A 1', 's2 A 1'), page('s1 A 1', 's2 A 1', 's3 A 1'))).toEqual(['added s3 1']);
    expect(changes(page('s1 - 1', 's2 - 1', 's3 - 1'), page('s9 - 1'))).toEqual([
      'removed s2 1',
      'removed s3 1',
    ]);
  });

  it('takes no time on pages with very many sections that are alike', () => {
    const many = (content: string) => page(...Array.from({ length: 20_000 }, (_, n) => `s${n} A ${content}`));
    const start = performance.now();
    expect(diffSections(many('1'), many('2'))).toHaveLength(20_000);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
