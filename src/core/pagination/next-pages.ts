import type { ListPage } from '../../model/paginated-list.ts';

/** From one page of a board to the next of those on the map. */
export interface NextPage {
  readonly from: string;
  readonly to: string;
  /** Pages that the step takes: 1 to the page right after it. */
  readonly pages: number;
}

/** The steps along a board. Where two URLs show the same page, the first one stands for it. */
export function nextPages(pages: readonly ListPage[]): readonly NextPage[] {
  const distinct = pages.filter(({ page }, index) => pages[index - 1]?.page !== page);
  return distinct.flatMap((after, index) => {
    const before = distinct[index - 1];
    return before === undefined ? [] : [{ from: before.url, to: after.url, pages: after.page - before.page }];
  });
}
