import type { PageDetail } from '../../model/page.ts';
import type { GraphStore } from '../../ports/graph-store.ts';

/** Characters of texts and links after which an answer takes no further pages. */
const ANSWER_CHARACTERS = 2_000_000;
/** Pages read at once. */
const BATCH = 10;

export interface ShownPages<T> {
  readonly pages: readonly T[];
  readonly next: string | null;
}

/** Pages of a crawl with what stands on them, each as `view` shows it: as many as asked for, or fewer if they are large. */
export async function shownPages<T>(
  graph: GraphStore,
  crawlId: string,
  query: { readonly cursor: string | null; readonly limit: number },
  view: (page: PageDetail) => T,
): Promise<ShownPages<T>> {
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
  } while (next !== null && pages.length < query.limit && characters < ANSWER_CHARACTERS);
  return { pages, next };
}

function charactersOf({ sectionRows, linkRows }: PageDetail): number {
  const texts = sectionRows.reduce((sum, { text }) => sum + text.length, 0);
  return linkRows.reduce((sum, { url, text }) => sum + url.length + text.length, texts);
}
