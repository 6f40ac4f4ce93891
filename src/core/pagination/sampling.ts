/** How the pages of a board were chosen. */
export type SamplingStrategy = 'all' | 'representative' | 'sampling';

export interface PageSample {
  readonly strategy: SamplingStrategy;
  /** Page numbers from 1, distinct and ascending. */
  readonly pages: readonly number[];
}

/** Boards of so many pages are taken whole. */
export const TAKEN_WHOLE = 5;
/** Boards of so many pages are told by their beginning and their end. */
const REPRESENTED = 20;

/** The pages that stand for a board (DESIGN §1). `totalPages` is a whole number from 1. */
export function samplePages(totalPages: number): PageSample {
  if (totalPages <= TAKEN_WHOLE) return everyPage(totalPages);
  if (totalPages <= REPRESENTED) return { strategy: 'representative', pages: [1, 2, 3, totalPages] };
  return { strategy: 'sampling', pages: [1, 2, 3, 10, 20, totalPages] };
}

/** The whole board. */
export function everyPage(totalPages: number): PageSample {
  return { strategy: 'all', pages: Array.from({ length: totalPages }, (_, index) => index + 1) };
}
