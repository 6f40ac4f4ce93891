import { reply, type Site, startSite } from './fixture-site.ts';

export interface PaginatedSite {
  /** Actual number of pages of the list. */
  readonly pages: number;
  /** Response past the end. Default: 404. */
  readonly beyond?: 'nothing' | 'the last page' | 'a redirect to the last page';
}

const ITEMS = 5;

/** A paginated list of news at `/news?page=…` on loopback; its last page is shorter than the others. */
export function startBoard({ pages, beyond }: PaginatedSite): Promise<Site> {
  return startSite((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
    const page = Number(searchParams.get('page'));
    if (pathname !== '/news' || page < 1)
      return reply(response, { status: 404, body: '<title>None</title>' });
    if (page <= pages) return reply(response, { body: boardPage(page, page, pages) });
    switch (beyond) {
      case 'nothing':
        return reply(response, { body: emptyPage(page) });
      case 'the last page':
        return reply(response, { body: boardPage(page, pages, pages) });
      case 'a redirect to the last page':
        return reply(response, { status: 302, headers: { location: `/news?page=${pages}` } });
      default:
        return reply(response, { status: 404, body: '<title>Not found</title>' });
    }
  });
}

/** A page with the number `page` and the items of page `listed`. */
function boardPage(page: number, listed: number, pages: number): string {
  const count = listed === pages ? ITEMS - 1 : ITEMS;
  const items = Array.from({ length: count }, (_, n) => (listed - 1) * ITEMS + n + 1);
  return `<!doctype html><html lang="en"><title>News, page ${page}</title>
    <nav><a href="/">Home</a> <a href="/about">About</a></nav>
    <main><h1>News</h1><ul>${items.map((n) => `<li><a href="/news/item-${n}">Item ${n}</a></li>`).join('')}</ul>
    <p><a href="/news?page=${page - 1}">Previous</a> ${page} <a href="/news?page=${page + 1}">Next</a></p></main></html>`;
}

function emptyPage(page: number): string {
  return `<!doctype html><title>News, page ${page}</title><main><h1>News</h1><p>There is nothing here.</p>
    <p><a href="/news?page=${page - 1}">Previous</a></p></main>`;
}
