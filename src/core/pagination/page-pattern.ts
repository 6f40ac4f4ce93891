import type { ListTrack } from '../../model/paginated-list.ts';
import type { PagePattern } from '../../model/pagination.ts';
import {
  type CanonicalOptions,
  MAX_URL_LENGTH,
  splitUrl,
  type WrittenUrl,
  writtenUrl,
} from '../url/canonical-url.ts';
import { PAGE_PLACEHOLDER, pageSlots, valueIn } from './page-slot.ts';

const WEB_SCHEME = /^https?:\/\//i;
const HAS_SCHEME = /^[a-z][a-z\d+.-]*:/i;
/** Longer than any number that is put in. */
const NUMBER_ROOM = 10;

/** The problem of a paginated list's URL pattern, as a message for its author; null if there is none. */
export function listPatternProblem(pattern: string, options: CanonicalOptions = {}): string | null {
  if (pattern.length > MAX_URL_LENGTH - NUMBER_ROOM)
    return `must be at most ${MAX_URL_LENGTH - NUMBER_ROOM} characters long`;
  const places = pattern.split(PAGE_PLACEHOLDER).length - 1;
  if (places !== 1) return `must hold ${PAGE_PLACEHOLDER} exactly once, not ${timesOf(places)}`;
  if (!WEB_SCHEME.test(pattern)) return schemeProblem(pattern);
  return placeProblem(pattern, options);
}

/** The URL of one page of a paginated list, in its two forms; null for a pattern that has a problem. */
export function writtenListPage(
  pattern: string,
  page: number,
  options: CanonicalOptions = {},
): WrittenUrl | null {
  return writtenUrl(pattern.replace(PAGE_PLACEHOLDER, String(page)), undefined, options);
}

/** The canonical URL of one page of a paginated list; null for a pattern that has a problem. */
export function listPageUrl(pattern: string, page: number, options: CanonicalOptions = {}): string | null {
  return writtenListPage(pattern, page, options)?.url ?? null;
}

/** The canonical form of a pattern that has no problem, with `{page}` in its place. */
export function canonicalPattern(pattern: string, options: CanonicalOptions = {}): string {
  const one = listPageUrl(pattern, 1, options) ?? '';
  const two = listPageUrl(pattern, 2, options) ?? '';
  let place = 0;
  while (place < one.length && one[place] === two[place]) place++;
  return one.slice(0, place) + PAGE_PLACEHOLDER + one.slice(place + 1);
}

/** The number may choose a page of one host, never the host itself. */
function placeProblem(pattern: string, options: CanonicalOptions): string | null {
  const first = listPageUrl(pattern, 1, options);
  const second = listPageUrl(pattern, 2, options);
  if (first === null || second === null)
    return `is not a URL: write it as in https://example.com/news?page=${PAGE_PLACEHOLDER}`;
  if (splitUrl(first).host !== splitUrl(second).host)
    return `must hold ${PAGE_PLACEHOLDER} in its path or query, not in its host`;
  if (first === second)
    return `names one page only: ${PAGE_PLACEHOLDER} stands where it makes no difference to the server`;
  return null;
}

function schemeProblem(pattern: string): string {
  const scheme = HAS_SCHEME.exec(pattern)?.[0].slice(0, 30);
  return scheme === undefined
    ? 'must start with http:// or https://'
    : `must start with http:// or https://, not ${scheme}`;
}

function timesOf(places: number): string {
  return places === 0 ? 'never' : `${places} times`;
}

/** The number, from 1, of the page with this URL; null if the URL does not match the pattern. */
export function pageNumberIn({ url: template, first, step }: PagePattern, url: string): number | null {
  const value = valueIn(template, url);
  const page = value === null ? null : (value - first) / step + 1;
  return page !== null && Number.isInteger(page) && page > 0 ? page : null;
}

/** As `pageNumberIn`, for a tracked list; its URLs may hold no number. */
export function pageNumberOn({ pattern, lists }: ListTrack, url: string): number | null {
  if (pattern.step > 0) return pageNumberIn(pattern, url);
  return lists.find((list) => list.url === url)?.page ?? null;
}

/** The pattern of a URL with a cursor in place of the page number; null for other URLs. */
export function cursorPattern(url: string): PagePattern | null {
  const slot = pageSlots(url).find(({ kind }) => kind === 'cursor');
  return slot === undefined ? null : { url: slot.template, first: 0, step: 0 };
}

/** The URL of a page, by its number from 1. */
export function pageUrlIn({ url, first, step }: PagePattern, page: number): string {
  return url.replace(PAGE_PLACEHOLDER, String(first + step * (page - 1)));
}

/** The patterns of the paginated lists that a canonical URL may be a page of. */
export function patternsOf(url: string): readonly string[] {
  const slots = pageSlots(url).filter(({ kind }) => kind !== 'other');
  return slots.map(({ template }) => template);
}
