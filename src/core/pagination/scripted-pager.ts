import { controlRoleOf, isUnsure, pageNumberOf } from './control-label.ts';
import type { PaginationSource } from './page-controls.ts';

/** A pagination whose pages a script turns: it has no URLs. */
export interface ScriptedPager {
  readonly kind: 'numbered' | 'next-prev';
  /** The largest page number that it shows; null if it shows none that can be read. */
  readonly last: number | null;
}

/** Longer bars of numbers without URLs are calendars. */
const MAX_NUMBERS = 15;
const MAX_BAR_TEXT = 400;
/** What a bar shows between its numbers. */
const BETWEEN = /[\s,|·•…]+|\.{2,}/;
/** A bar whose items are set apart by style alone: `Previous123…9Next`. */
const RUN_TOGETHER =
  /^(?:(?:first|previous|prev|처음|이전|«|‹|<) ?){0,2}\d[\d …,.]*(?:next|last|다음|끝|›|»|>)/i;
const SAYS_PAGE = /page|페이지|쪽/i;
/** Links of one list, below which a control for more is taken to unfold a text. */
const LIST_LINKS = 5;

/** A bar of buttons in a section that is a pagination or a table, or a button that says that it turns the page. */
export function scriptedPager(source: PaginationSource): ScriptedPager | null {
  const linked = new Set(
    source.links.filter(({ text }) => pageNumberOf(text) !== null).map(({ section }) => section),
  );
  const names = Map.groupBy(source.actions, ({ section }) => section);
  for (const { type, order, text } of source.sections) {
    if ((type !== 'pagination' && type !== 'table') || linked.has(order)) continue;
    const labels = names.get(order)?.map(({ name }) => name) ?? [];
    const pager = type === 'pagination' ? pagerOf([...labels, ...wordsOf(text)], text) : pagerOf(labels);
    if (pager !== null) return pager;
  }
  return hasPageTurner(source) ? { kind: 'next-prev', last: null } : null;
}

/** Whether the page has a button that loads more of its list. */
export function hasLoadMoreButton({ actions, links, sections }: PaginationSource): boolean {
  const buttons = actions.filter(({ name }) => controlRoleOf(name) === 'more');
  if (buttons.some(({ name }) => !isUnsure(name))) return true;
  const [only, second] = buttons;
  if (only === undefined || second !== undefined) return false;
  const home = sections[only.section];
  const lists = sections.filter(
    ({ type, order, parent }) =>
      type === 'list' && (order === only.section || parent === only.section || parent === home?.parent),
  );
  const orders = new Set(lists.map(({ order }) => order));
  return links.filter(({ section }) => orders.has(section)).length >= LIST_LINKS;
}

function pagerOf(labels: readonly string[], text = ''): ScriptedPager | null {
  const found = new Set(labels.map(pageNumberOf).filter((number) => number !== null));
  const numbers = [...found].toSorted((a, b) => a - b);
  const hasNeighbours = numbers.some((number) => found.has(number + 1));
  const hasNext = labels.some((label) => controlRoleOf(label) === 'next');
  const isBar = hasNeighbours && numbers.length <= MAX_NUMBERS && (numbers.length > 2 || hasNext);
  if (isBar) return { kind: 'numbered', last: numbers.at(-1) ?? null };
  return text.length <= MAX_BAR_TEXT && RUN_TOGETHER.test(text) ? { kind: 'numbered', last: null } : null;
}

function hasPageTurner({ actions }: PaginationSource): boolean {
  return actions.some(
    ({ name, role }) => role === 'button' && SAYS_PAGE.test(name) && controlRoleOf(name) === 'next',
  );
}

function wordsOf(text: string): readonly string[] {
  return text.length > MAX_BAR_TEXT ? [] : text.split(BETWEEN);
}
