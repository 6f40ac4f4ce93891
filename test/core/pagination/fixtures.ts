import { readFileSync } from 'node:fs';
import { detectPagination } from '../../../src/core/pagination/detect-pagination.ts';
import { canonicalUrl } from '../../../src/core/url/canonical-url.ts';
import type { Pagination, PaginationKind } from '../../../src/model/pagination.ts';
import { read } from '../html/read.ts';

/** The hand-written expectation for a page: file, path, kind, path of the next page, number of this page. */
export type ExpectedPagination = readonly [
  file: string,
  path: string,
  kind: PaginationKind,
  next: string | null,
  current: number | null,
];

/** Written by hand from the files. A null `next` is the last page, or a list that a script pages without a URL. */
export const PAGINATED: readonly ExpectedPagination[] = [
  ['bootstrap', '/cars?page=3', 'numbered', '/cars?page=4', 3],
  ['wordpress-numbers', '/blog/', 'numbered', '/blog/page/2/', 1],
  ['wordpress-older', '/page/3/', 'next-prev', '/page/4/', 3],
  ['discourse', '/latest', 'next-prev', '/latest?no_definitions=true&page=1', 1],
  ['phpbb', '/viewforum.php?f=7', 'offset', '/viewforum.php?f=7&start=25', 1],
  ['vbulletin', '/forums/12-Old-radios/page2', 'numbered', '/forums/12-Old-radios/page3', 2],
  [
    'github-issues',
    '/kettle/kettle/issues',
    'numbered',
    '/kettle/kettle/issues?page=2&q=is%3Aissue+is%3Aopen',
    1,
  ],
  ['gitlab', '/explore/projects?page=2&sort=name', 'numbered', '/explore/projects?page=3&sort=name', 2],
  ['drupal', '/press', 'numbered', '/press?page=1', 1],
  ['drupal-mini', '/events?page=2', 'next-prev', '/events?page=3', 3],
  ['shopify', '/collections/all', 'numbered', '/collections/all?page=2', 1],
  ['magento', '/bags.html', 'numbered', '/bags.html?p=2', 1],
  [
    'naver-blog-like',
    '/walker',
    'numbered',
    '/PostList.naver?blogId=walker&categoryNo=0&currentPage=2&from=postList',
    1,
  ],
  [
    'daum-cafe-like',
    '/_c21_/bbs_list?fldid=free&grpid=ab&page=12',
    'numbered',
    '/_c21_/bbs_list?fldid=free&grpid=ab&page=13',
    12,
  ],
  ['gnuboard', '/bbs/board.php?bo_table=free', 'numbered', '/bbs/board.php?bo_table=free&page=2', 1],
  ['rhymix-like', '/index.php?mid=qna&page=2', 'numbered', '/index.php?mid=qna&page=3', 2],
  [
    'mediawiki-category',
    '/wiki/Category:Harbours',
    'cursor',
    '/w/index.php?pagefrom=Fowey&title=Category:Harbours',
    null,
  ],
  [
    'mediawiki-history',
    '/w/index.php?action=history&title=Quay',
    'cursor',
    '/w/index.php?action=history&limit=50&offset=20240211093000%7C551&title=Quay',
    null,
  ],
  ['search-engine', '/search?q=tide+tables', 'offset', '/search?ei=Zz&q=tide+tables&sa=N&sca=77&start=10', 1],
  ['offset-next', '/jobs?keywords=boat&offset=40', 'offset', '/jobs?keywords=boat&offset=60', 3],
  ['start-from-one', '/opac/search?q=boats', 'offset', '/opac/search?q=boats&start=11', 1],
  [
    'cursor-after',
    '/activity?after=ab12cd+34&branch=main',
    'cursor',
    '/activity?after=ab12cd+69&branch=main',
    null,
  ],
  ['cursor-next', '/messages', 'cursor', '/messages?cursor=eyJpZCI6NDJ9', null],
  ['load-more-link', '/stories', 'load-more', '/stories?page=2', 1],
  ['load-more-button', '/photos', 'load-more', null, null],
  ['load-more-korean', '/news', 'load-more', null, null],
  ['infinite-head', '/recipes/', 'next-prev', '/recipes/page/2/', 1],
  ['infinite-data-next', '/gallery', 'load-more', '/gallery?page=2', 1],
  ['infinite-hidden-link', '/feed', 'next-prev', '/feed?page=2', 1],
  ['tailwind', '/invoices?page=4', 'numbered', '/invoices?page=5', 4],
  ['ant-design', '/orders', 'numbered', null, null],
  ['material', '/contacts', 'numbered', null, null],
  ['material-table', '/stock', 'next-prev', null, null],
  ['datatables', '/staff', 'numbered', null, null],
  ['django-admin', '/admin/shelf/book/?p=2', 'numbered', '/admin/shelf/book/?p=3', 2],
  ['aspnet-postback', '/Permits.aspx', 'numbered', null, null],
  ['path-page', '/cases/page/3/', 'numbered', '/cases/page/4/', 3],
  ['matrix-parameter', '/timetables', 'numbered', '/timetables;page=2', 1],
  ['p-2-html', '/wallpapers/p-1.html', 'numbered', '/wallpapers/p-2.html', 1],
  ['list-underscore', '/xw/list_3.html', 'numbered', '/xw/list_4.html', 3],
  ['hash-page', '/minerals', 'numbered', '/minerals#page-2', 1],
  ['last-page', '/minutes?page=7', 'numbered', null, 7],
  [
    'korean-no-class',
    '/board/list.do?boardId=notice&pageIndex=13',
    'numbered',
    '/board/list.do?boardId=notice&pageIndex=14',
    13,
  ],
  [
    'nested-parameter',
    '/api-browser/things?page%5Bnumber%5D=2&page%5Bsize%5D=20',
    'next-prev',
    '/api-browser/things?page%5Bnumber%5D=3&page%5Bsize%5D=20',
    2,
  ],
  ['two-bars', '/reviews/2024?pg=2', 'next-prev', '/reviews/2024?pg=3', 2],
];

/** Pages without a paginated list, by the path they were loaded from. */
export const OTHERS: readonly (readonly [file: string, path: string])[] = [
  ['sphinx-chapter', '/tutorial/controlflow.html'],
  ['numbered-chapters', '/book/chapter3.html'],
  ['latex2html', '/notes/node3.html'],
  ['mdbook', '/book/ch04-01.html'],
  ['docusaurus', '/docs/installation'],
  ['blog-post', '/2024/05/09/a-quiet-week/'],
  ['blog-post-id', '/?p=123'],
  ['korean-article', '/board/view.do?boardId=notice&nttNo=122'],
  ['article-ids', '/news/18235'],
  ['webcomic', '/120/'],
  ['calendar-month', '/2024/05/'],
  ['calendar-query', '/events?month=5&year=2024'],
  ['calendar-postback', '/Pick.aspx'],
  ['date-archive', '/archive/2024'],
  ['year-steps', '/accounts/2023'],
  ['tag-cloud', '/tags'],
  ['counts', '/categories'],
  ['footnotes', '/tides'],
  ['citations', '/wiki/Estuary'],
  ['version-picker', '/docs/v3/guide'],
  ['version-plain', '/docs/16/index.html'],
  ['star-rating', '/kettle'],
  ['breadcrumb', '/trees/oak'],
  ['stepper', '/checkout/step/2'],
  ['quiz', '/quiz?question=3'],
  ['per-page', '/ropes'],
  ['carousel', '/'],
  ['swiper', '/offers'],
  ['forum-index-mini', '/topics'],
  ['read-more', '/'],
  ['korean-portal', '/'],
  ['unfold-text', '/ferry'],
  ['ticket-table', '/tickets'],
  ['translations', '/'],
  ['image-gallery', '/gallery/regatta/photo/3'],
  ['search-filters', '/hotels'],
  ['bible-chapters', '/genesis/3'],
  ['toc-numbers', '/handbook'],
  ['plain', '/about'],
];

const ORIGIN = 'https://board.example';

/** Detects the pagination of a page of `fixtures/` like a crawl. URLs of the site lack their origin. */
export function detectIn(folder: 'paginated' | 'others', file: string, path: string): Pagination | null {
  const url = canonicalUrl(ORIGIN + path) ?? '';
  const html = readFileSync(new URL(`./fixtures/${folder}/${file}.html`, import.meta.url), 'utf8');
  const page = read(html, { url, scope: { hosts: ['board.example'] } });
  const pagination = detectPagination({ url, ...page });
  return pagination === null
    ? null
    : { ...pagination, next: withoutOrigin(pagination.next), prev: withoutOrigin(pagination.prev) };
}

function withoutOrigin(url: string | null): string | null {
  return url?.replace(ORIGIN, '') ?? null;
}
