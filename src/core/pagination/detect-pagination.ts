import type { Pagination, PaginationSign, ParsedPagination } from '../../model/pagination.ts';
import { controlRoleOf, pageNumberOf, statedPage } from './control-label.ts';
import { listHash } from './list-content.ts';
import { type NumberedBar, numberedBar } from './numbered-bar.ts';
import { addressOf, controlsOf, type PaginationSource } from './page-controls.ts';
import { valueIn } from './page-slot.ts';
import { isOfSameList } from './same-list.ts';
import { hasLoadMoreButton, scriptedPager } from './scripted-pager.ts';
import { type StepLink, stepLinks } from './step-links.ts';

/**
 * The pagination of the list that a page shows; null if it shows none. Recognised by bars of page numbers, by next,
 * previous and load-more controls, by `rel`, and by the place of numbers in the URLs. What is numbered without being
 * pages of one list is none: chapters, articles, days, versions, ratings, notes.
 */
export function detectPagination(source: PaginationSource): Pagination | null {
  const bar = numberedBar(source);
  if (bar !== null) return ofBar(bar, source);
  const steps = stepLinks(source);
  const hasMore = hasLoadMoreButton(source);
  if (steps.length > 0) return ofSteps(steps, source, hasMore);
  return hasMore ? withoutUrls('load-more', null, 'button') : ofScript(source);
}

function ofBar(bar: NumberedBar, source: PaginationSource): Pagination {
  const { pattern } = bar;
  const current = currentOf(bar, source);
  const isMore = source.links.some(
    ({ section, text }) => section === bar.section && controlRoleOf(text) === 'more',
  );
  return {
    kind: isMore ? 'load-more' : pattern.step > 1 ? 'offset' : 'numbered',
    next: current === null ? null : nextOf(bar, current),
    prev: current === null ? null : previousOf(bar, source, current),
    current,
    last: lastOf(bar, source, current),
    pattern,
    evidence: signsOf(bar),
  };
}

/**
 * By the page's own URL, else by what the bar marks as current; without either it is the first page, unless the bar links
 * to that one elsewhere.
 */
function currentOf(bar: NumberedBar, { url, current }: PaginationSource): number | null {
  const { isSameList, pages, section } = bar;
  const marked = current.find((mark) => mark.section === section && pageNumberOf(mark.text) !== null);
  const markedPage = marked === undefined ? null : pageNumberOf(marked.text);
  return pageOf(bar, url) ?? markedPage ?? (isSameList || !pages.has(1) ? 1 : null);
}

/** By its number first: in many bars the control for the next page leads to the next ten. */
function nextOf(bar: NumberedBar, current: number): string | null {
  const isAfter = (url: string) => (pageOf(bar, url) ?? 0) > current;
  const after = bar.controls.find(({ role, url }) => role === 'next' && isAfter(url));
  return bar.pages.get(current + 1) ?? after?.url ?? null;
}

/** The first page often has a URL without a number. */
function previousOf(bar: NumberedBar, source: PaginationSource, current: number): string | null {
  const { pages, section, pattern } = bar;
  if (current === 1) return null;
  const numbered = pages.get(current - 1);
  if (numbered !== undefined) return numbered;
  const one = source.links.find((link) => link.section === section && pageNumberOf(link.text) === 1);
  if (current === 2 && one !== undefined && isOfSameList(pattern.url, one.url)) return addressOf(one);
  return (
    controlsOf(source).find((control) => control.role === 'previous' && control.section === section)?.url ??
    null
  );
}

/** The largest number among links, the page itself and what the bar says in words. */
function lastOf(bar: NumberedBar, { sections }: PaginationSource, current: number | null): number {
  const controls = bar.controls.map(({ url }) => pageOf(bar, url) ?? 0);
  const stated = bar.inPagination ? statedPage(sections[bar.section]?.text ?? '').last : null;
  return Math.max(...controls, ...bar.pages.keys(), current ?? 1, stated ?? 1);
}

/** The page number that a URL of the bar's pattern stands for. */
function pageOf({ pattern }: NumberedBar, url: string): number | null {
  const value = valueIn(pattern.url, url);
  const page = value === null ? null : (value - pattern.first) / pattern.step + 1;
  return page !== null && Number.isInteger(page) ? page : null;
}

function signsOf({ controls, inPagination, kind }: NumberedBar): readonly PaginationSign[] {
  const signs = new Set<PaginationSign>(['numbers', ...controls.map(({ sign }) => sign)]);
  if (inPagination) signs.add('section');
  if (kind === 'page' || kind === 'offset') signs.add('url');
  return [...signs];
}

function ofSteps(
  steps: readonly StepLink[],
  { sections }: PaginationSource,
  hasMore: boolean,
): Pagination | null {
  const next = steps.find(({ role }) => role === 'more') ?? steps.find(({ role }) => role === 'next');
  const prev = steps.find(({ role }) => role === 'previous');
  const main = next ?? prev;
  if (main === undefined) return null;
  const { kind, current, pattern } = main;
  const section = sections[main.section];
  const stated = section?.type === 'pagination' ? statedPage(section.text).last : null;
  const atLeast = current === null ? null : current + (next === undefined ? 0 : 1);
  const signs = new Set<PaginationSign>([...steps.map(({ sign }) => sign), 'url']);
  if (hasMore) signs.add('button');
  return {
    kind: hasMore ? 'load-more' : kind,
    next: next?.url ?? null,
    prev: prev?.url ?? null,
    current,
    last: stated ?? atLeast,
    pattern,
    evidence: [...signs],
  };
}

function ofScript(source: PaginationSource): Pagination | null {
  const pager = scriptedPager(source);
  return pager === null
    ? null
    : withoutUrls(pager.kind, pager.last, pager.kind === 'numbered' ? 'numbers' : 'button');
}

function withoutUrls(kind: Pagination['kind'], last: number | null, sign: PaginationSign): Pagination {
  return { kind, next: null, prev: null, current: null, last, pattern: null, evidence: [sign] };
}

/** The pagination of a page, with what its list holds; null if it shows none. */
export function readPagination(source: PaginationSource): ParsedPagination | null {
  const pagination = detectPagination(source);
  if (pagination === null) return null;
  const { pattern, next, prev } = pagination;
  const isListPage = (url: string) =>
    url === next || url === prev || (pattern !== null && valueIn(pattern.url, url) !== null);
  return { ...pagination, listHash: listHash(source, isListPage) };
}
