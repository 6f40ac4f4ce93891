import type { PageDetail } from '../../model/page.ts';
import type { GraphStore } from '../../ports/graph-store.ts';

/** Characters of text and links after which a response takes no further pages. */
const RESPONSE_CHARACTERS = 2_000_000;
/** Pages read per batch. */
const BATCH = 10;

interface PageDetails<T> {
  readonly pages: readonly T[];
  readonly next: string | null;
}

/** Reads the pages of a crawl with sections and links, each converted by `view`: at most `limit`, fewer if they are large. */
export async function readPageDetails<T>(
  graph: GraphStore,
  crawlId: string,
  query: { readonly cursor: string | null; readonly limit: number },
  view: (page: PageDetail) => T,
): Promise<PageDetails<T>> {
  const pages: T[] = [];
  let next = query.cursor;
  let characters = 0;
  do {
    const batch = await graph.pages(crawlId, {
      cursor: next,
      limit: Math.min(BATCH, query.limit - pages.length),
    });
    for (const { url } of batch.pages) {
      const page = await graph.page(url);
      if (page === null) continue;
      characters += charactersOf(page);
      pages.push(view(page));
    }
    next = batch.next;
  } while (next !== null && pages.length < query.limit && characters < RESPONSE_CHARACTERS);
  return { pages, next };
}

function charactersOf({ sectionRows, linkRows }: PageDetail): number {
  const texts = sectionRows.reduce((sum, { text }) => sum + text.length, 0);
  return linkRows.reduce((sum, { url, text }) => sum + url.length + text.length, texts);
}
