import { reply, type Site, startSite } from './fixture-site.ts';

/** How the pages of a list link to one another. */
export type Bar =
  /** Links to every page by number. */
  | 'all'
  /** Links to two pages on each side and to the last one. */
  | 'window'
  /** Links to ten pages and a control for the next ten, common on Korean sites. */
  | 'tens'
  /** Links to the next page only. */
  | 'next'
  /** Links to the next page only, by an opaque cursor instead of a number. */
  | 'cursor';

export interface ListSite {
  readonly pages: number;
  readonly bar: Bar;
  /** All pages list the same items, and there is always a next page. */
  readonly endless?: boolean;
}

const ITEMS = 2;

/** A site with a front page, a paginated list of news at `/news?page=…`, and a page per item. */
export function startListSite(list: ListSite): Promise<Site> {
  return startSite((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
    const mark = searchParams.get('cursor');
    const page = mark === null ? Number(searchParams.get('page') ?? '1') : pageOfMark(mark);
    if (pathname === '/') reply(response, { body: frame('Home', '<p>News of the town.</p>') });
    else if (pathname.startsWith('/news/item-'))
      reply(response, { body: frame(pathname, `<p>All about ${pathname}.</p>`) });
    else if (pathname === '/news' && page <= list.pages) reply(response, { body: listPage(list, page) });
    else reply(response, { status: 404, body: '<title>None</title>' });
  });
}

/** The numbers of the requested pages, ascending. */
export function visitedPages({ log }: Site): readonly number[] {
  const pages = log.map(({ path }) => pageNumber(path)).filter((page) => page !== null);
  return pages.toSorted((a, b) => a - b);
}

/** The list page number of a path or URL; null if it is no page of the list. */
export function pageNumber(url: string): number | null {
  const { place, value = '1' } = /\/news(?:\?(?<place>page|cursor)=(?<value>\w+))?$/.exec(url)?.groups ?? {
    value: '',
  };
  if (value === '') return null;
  return place === 'cursor' ? pageOfMark(value) : Number(value);
}

function listPage({ pages, bar, endless = false }: ListSite, page: number): string {
  const first = endless ? 1 : (page - 1) * ITEMS + 1;
  const items = Array.from(
    { length: ITEMS },
    (_, n) => `<li><a href="/news/item-${first + n}">Item ${first + n}</a>`,
  );
  const links = numbersOf(bar, page, pages).map((n) =>
    n === page ? `<b>${n}</b>` : `<a href="${pathOf(n, bar)}">${n}</a>`,
  );
  const after = bar === 'tens' ? Math.ceil(page / 10) * 10 + 1 : page + 1;
  const next = after > pages ? '' : `<a href="${pathOf(after, bar)}">Next</a>`;
  const pager = `<nav aria-label="Pages">${links.join(' ')} ${next}</nav>`;
  return frame(`News, page ${page}`, `<ul>${items.join('')}</ul>${pager}`);
}

function numbersOf(bar: Bar, page: number, pages: number): readonly number[] {
  const all = Array.from({ length: pages }, (_, index) => index + 1);
  const ten = Math.ceil(page / 10);
  switch (bar) {
    case 'all':
      return all;
    case 'window':
      return all.filter((n) => Math.abs(n - page) <= 2 || n === 1 || n === pages);
    case 'tens':
      return all.filter((n) => Math.ceil(n / 10) === ten);
    case 'next':
    case 'cursor':
      return [];
  }
}

function pathOf(page: number, bar: Bar): string {
  if (page === 1) return '/news';
  return bar === 'cursor' ? `/news?cursor=${markOf(page)}` : `/news?page=${page}`;
}

function markOf(page: number): string {
  return `x${(page * 7919).toString(36)}`;
}

function pageOfMark(mark: string): number {
  return Number.parseInt(mark.slice(1), 36) / 7919;
}

function frame(title: string, content: string): string {
  return `<!doctype html><html lang="en"><title>${title}</title><header><a href="/">Home</a> <a href="/news">News</a></header>
    <main><h1>${title}</h1>${content}</main></html>`;
}
