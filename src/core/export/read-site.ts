import type { PageDetail } from '../../model/page.ts';
import type { StoredSite } from '../../model/site.ts';
import type { GraphStore } from '../../ports/graph-store.ts';

const AT_ONCE = 50;

/** A site as an export reads it. Only a few of its pages are in memory at a time. */
export interface ExportedSite {
  readonly site: StoredSite;
  /** From the first page on; may be read more than once. */
  pages(): AsyncGenerator<PageDetail>;
}

/** The site that has this root or page, a canonical URL; null if it is not on the map. */
export async function readSite(graph: GraphStore, url: string): Promise<ExportedSite | null> {
  const first = await graph.sitePages(url, { cursor: null, limit: 1 });
  if (first === null) return null;
  return { site: first.site, pages: () => readPages(graph, first.site.url) };
}

async function* readPages(graph: GraphStore, root: string): AsyncGenerator<PageDetail> {
  let cursor: string | null = null;
  do {
    const part = await graph.sitePages(root, { cursor, limit: AT_ONCE });
    yield* part?.pages ?? [];
    cursor = part?.next ?? null;
  } while (cursor !== null);
}
