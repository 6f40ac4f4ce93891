/** What a pagination says in words about where the visitor is. */
export interface StatedPage {
  readonly current: number | null;
  readonly last: number | null;
}

const MAX_TEXT = 1000;
const PAGE_OF =
  /(?:page|페이지|쪽)\s{0,2}(?<current>\d{1,6})(?!\d)(?:\s{0,2}(?:of|\/|중)\s{0,2}(?<last>\d{1,6})(?!\d))?/i;
const FRACTION = /(?<![\d/])(?<current>\d{1,6})\s{0,2}\/\s{0,2}(?<last>\d{1,6})(?![\d/])/;
const TOTAL = /(?:총|전체)\s{0,2}(?<last>\d{1,6})\s{0,2}(?:페이지|쪽)/;

/** Reads `Page 3 of 12`, `3 / 12`, `총 12페이지` from the text of a pagination. */
export function statedPage(text: string): StatedPage {
  const start = text.slice(0, MAX_TEXT);
  const { current, last } = (PAGE_OF.exec(start) ?? FRACTION.exec(start) ?? TOTAL.exec(start))?.groups ?? {};
  return { current: numberOf(current), last: numberOf(last) };
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}
