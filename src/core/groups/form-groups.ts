import type { GroupWrite, Layout, LayoutKey } from '../../model/layout-group.ts';
import { ANY } from './layout-key.ts';

/** Pages that make a group. */
const MIN_PAGES = 3;
/** A step of the path with so many values is one that differs from page to page, like a user's name. */
const MIN_VALUES = 10;
/** Larger groups are kept first. */
const MAX_GROUPS = 1000;
const EXAMPLES = 3;

interface Draft {
  readonly pattern: string;
  readonly fingerprint: string;
  readonly layouts: readonly Layout[];
}

/**
 * Groups of pages of one layout. Layouts of one fingerprint whose templates differ in one inner step of the path, of which
 * there are many values, are one group.
 */
export function formGroups(layouts: readonly Layout[]): readonly GroupWrite[] {
  const drafts = layouts.map((layout): Draft => {
    const { template: pattern, fingerprint } = layout;
    return { pattern, fingerprint, layouts: [layout] };
  });
  return merged(drafts)
    .map(groupOf)
    .filter(({ pages }) => pages >= MIN_PAGES)
    .toSorted(
      (a, b) => b.pages - a.pages || compare(a.pattern, b.pattern) || compare(a.fingerprint, b.fingerprint),
    )
    .slice(0, MAX_GROUPS);
}

/** Looks at the inner steps of the templates from the left, until none has many values. */
function merged(drafts: readonly Draft[]): readonly Draft[] {
  const longest = Math.max(0, ...drafts.map(({ pattern }) => stepsOf(pattern).length));
  let left = drafts;
  for (let step = 1; step < longest - 1; step++) left = mergedAt(left, step);
  return left;
}

function mergedAt(drafts: readonly Draft[], step: number): readonly Draft[] {
  const alike = Map.groupBy(drafts, ({ pattern, fingerprint }) => `${opened(pattern, step)} ${fingerprint}`);
  return [...alike.values()].flatMap((some) => {
    const [first] = some;
    const values = new Set(some.map(({ pattern }) => stepsOf(pattern)[step]));
    if (first === undefined || values.size < MIN_VALUES) return some;
    const { pattern, fingerprint } = first;
    const joined = some.flatMap(({ layouts }) => layouts);
    return [{ pattern: opened(pattern, step), fingerprint, layouts: joined }];
  });
}

/** The template with its inner step, counted from 1, left open. Others stay as they are. */
function opened(template: string, step: number): string {
  const steps = stepsOf(template);
  return step < steps.length - 1 ? originOf(template) + steps.with(step, ANY).join('/') : template;
}

/** The path's steps from 1, the query with the last one. */
function stepsOf(template: string): readonly string[] {
  return template.slice(originOf(template).length).split('/');
}

function originOf(template: string): string {
  const start = template.indexOf('/', template.indexOf('//') + 2);
  return start < 0 ? template : template.slice(0, start);
}

function groupOf({ pattern, fingerprint, layouts }: Draft): GroupWrite {
  const keys = layouts.map(({ template, fingerprint: own }): LayoutKey => ({ template, fingerprint: own }));
  return {
    name: groupName(pattern),
    pattern,
    fingerprint,
    pages: layouts.reduce((sum, { pages }) => sum + pages, 0),
    layouts: keys,
    examples: layouts
      .flatMap(({ examples }) => examples)
      .toSorted(compare)
      .slice(0, EXAMPLES),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const MAX_LENGTH = 80;
/** What a step holds beside its words: the ending of a file, marks between words. */
const MARKS = /[-_+.]+/g;

/** What a group is called: the last step of its pattern that does not differ, in words; else its host. */
export function groupName(pattern: string): string {
  const [place = ''] = pattern.split('?', 1);
  const [, , host = '', ...steps] = place.split('/');
  const named = steps.findLast((step) => step !== '' && !step.startsWith(ANY));
  return named === undefined
    ? host
    : (decoded(named).replace(MARKS, ' ').trim() || named).slice(0, MAX_LENGTH);
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
