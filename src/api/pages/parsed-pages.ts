import type { GraphStore } from '../../ports/graph-store.ts';
import { type PageDetailView, pageDetailView } from './page-view.ts';

/** Characters of texts and links after which an answer takes no further pages. */
const ANSWER_CHARACTERS = 2_000_000;
/** Pages read at once. */
const BATCH = 10;

export interface ParsedPages {
  readonly pages: readonly PageDetailView[];
  readonly next: string | null;
}

/** Pages of a crawl with what stands on them: as many as were asked for, or fewer if they are large. */
export async function parsedPages(
  graph: GraphStore,
  crawlId: string,
  query: { readonly cursor: string | null; readonly limit: number },
): Promise<ParsedPages> {
  const pages: PageDetailView[] = [];
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
      const view = pageDetailView(page);
      characters += charactersOf(view);
      pages.push(view);
    }
    next = batch.next;
  } while (next !== null && pages.length < query.limit && characters < ANSWER_CHARACTERS);
  return { pages, next };
}

function charactersOf({ parsed }: PageDetailView): number {
  const texts = parsed.sections.reduce((sum, { text }) => sum + text.length, 0);
  return parsed.links.reduce((sum, { url, text }) => sum + url.length + text.length, texts);
}
