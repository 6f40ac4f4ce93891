import type { ListTrack } from '../../model/paginated-list.ts';
import type { PagePattern } from '../../model/pagination.ts';
import { pageSlots, valueIn } from './page-slot.ts';
import { PAGE_PLACEHOLDER } from './url-pattern.ts';

/** The number, from 1, of the page that a URL of the pattern leads to; null if it is no page of that board. */
export function pageNumberIn({ url: template, first, step }: PagePattern, url: string): number | null {
  const value = valueIn(template, url);
  const page = value === null ? null : (value - first) / step + 1;
  return page !== null && Number.isInteger(page) && page > 0 ? page : null;
}

/** The same for a board that is being tracked, whose URLs may not tell. */
export function pageNumberOn({ pattern, lists }: ListTrack, url: string): number | null {
  if (pattern.step > 0) return pageNumberIn(pattern, url);
  return lists.find((list) => list.url === url)?.page ?? null;
}

/** The pattern of a board whose URLs have an opaque mark in the place of the number; null for other URLs. */
export function cursorPattern(url: string): PagePattern | null {
  const slot = pageSlots(url).find(({ kind }) => kind === 'cursor');
  return slot === undefined ? null : { url: slot.template, first: 0, step: 0 };
}

/** The URL of a page, by its number from 1. */
export function pageUrlIn({ url, first, step }: PagePattern, page: number): string {
  return url.replace(PAGE_PLACEHOLDER, String(first + step * (page - 1)));
}

/** The patterns of the boards that a canonical URL may be a page of, as far as the URL tells. */
export function patternsOf(url: string): readonly string[] {
  const slots = pageSlots(url).filter(({ kind }) => kind !== 'other');
  return slots.map(({ template }) => template);
}
