/** How the pages of a paginated list were chosen. */
export type SamplingStrategy = 'all' | 'representative' | 'sampling';

export interface PageSample {
  readonly strategy: SamplingStrategy;
  /** Page numbers from 1, distinct and ascending. */
  readonly pages: readonly number[];
}

/** Lists of at most this many pages are visited whole. */
export const TAKEN_WHOLE = 5;
/** Lists of at most this many pages are represented by their first three pages and the last one. */
const REPRESENTED = 20;

/** The sampled pages of a list. `totalPages` is a whole number from 1. */
export function samplePages(totalPages: number): PageSample {
  if (totalPages <= TAKEN_WHOLE) return everyPage(totalPages);
  if (totalPages <= REPRESENTED) return { strategy: 'representative', pages: [1, 2, 3, totalPages] };
  return { strategy: 'sampling', pages: [1, 2, 3, 10, 20, totalPages] };
}

/** The whole list. */
export function everyPage(totalPages: number): PageSample {
  return { strategy: 'all', pages: Array.from({ length: totalPages }, (_, index) => index + 1) };
}
