import { expect, it } from 'vitest';
import { detectPagination } from '../../../src/core/pagination/detect-pagination.ts';
import { createDemoSite } from '../../../src/demo/demo-site.ts';
import { EXPECTED_PAGES } from '../../../src/demo/expected.ts';
import { read } from '../html/read.ts';

const ORIGIN = 'http://library.test';
const NOTICE_PAGES = 12;

it('the demo site has one paginated list, of notices, and every page of it leads to the next', async () => {
  const site = createDemoSite();
  const found: unknown[] = [];
  for (const { path } of EXPECTED_PAGES) {
    const url = ORIGIN + path;
    const page = read(await (await site.request(url)).text(), { url, scope: { hosts: ['library.test'] } });
    const board = detectPagination({ url, ...page });
    if (board !== null) found.push([path, board.kind, board.current, board.next, board.last]);
  }
  const notices = Array.from({ length: NOTICE_PAGES }, (_, index) => index + 1);
  const urlOf = (page: number) => (page > NOTICE_PAGES ? null : `${ORIGIN}/notices?page=${page}`);
  expect(found).toEqual(
    notices.map((page) => [`/notices?page=${page}`, 'numbered', page, urlOf(page + 1), NOTICE_PAGES]),
  );
});
