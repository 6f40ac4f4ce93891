import type { SectionVersion } from '../../model/history.ts';

export interface SectionChange {
  readonly change: 'added' | 'removed' | 'changed';
  /** As it is after the change; as it was if it was removed. */
  readonly section: SectionVersion;
}

/**
 * What became of a page's sections. Equal content is the same section, wherever it stands now; of the rest, sections of
 * one type and heading are the same, then those at one path. In the order of the page, what was removed last.
 */
export function diffSections(
  before: readonly SectionVersion[],
  after: readonly SectionVersion[],
): readonly SectionChange[] {
  const left = new Pairing(before, after);
  left.pair(({ content, path }) => `${content} ${path}`);
  left.pair(({ content }) => content);
  const changed = [
    ...left.pair(({ type, heading }) => (heading === null ? null : `${type} ${heading}`)),
    ...left.pair(({ path }) => path),
  ];
  const changes = new Map<SectionVersion, SectionChange['change']>();
  for (const section of changed) changes.set(section, 'changed');
  for (const section of left.after) changes.set(section, 'added');
  const here = after.flatMap((section): SectionChange[] => {
    const change = changes.get(section);
    return change === undefined ? [] : [{ change, section }];
  });
  return [...here, ...[...left.before].map((section) => ({ change: 'removed' as const, section }))];
}

/** Sections that have not found their counterpart yet. */
class Pairing {
  readonly before: Set<SectionVersion>;
  readonly after: Set<SectionVersion>;

  constructor(before: readonly SectionVersion[], after: readonly SectionVersion[]) {
    this.before = new Set(before);
    this.after = new Set(after);
  }

  /** Pairs sections with equal keys in their order; answers those of the later page. */
  pair(keyOf: (section: SectionVersion) => string | null): readonly SectionVersion[] {
    const waiting = new Map<string, SectionVersion[]>();
    for (const section of this.before) {
      const key = keyOf(section);
      if (key === null) continue;
      const others = waiting.get(key);
      if (others === undefined) waiting.set(key, [section]);
      else others.push(section);
    }
    for (const others of waiting.values()) others.reverse();
    const paired: SectionVersion[] = [];
    for (const section of [...this.after]) {
      const earlier = waiting.get(keyOf(section) ?? '')?.pop();
      if (earlier === undefined) continue;
      this.before.delete(earlier);
      this.after.delete(section);
      paired.push(section);
    }
    return paired;
  }
}
