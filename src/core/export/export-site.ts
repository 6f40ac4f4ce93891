import type { PageDetail } from '../../model/page.ts';
import type { ExportedSite } from '../../model/site.ts';
import type { SiteExport } from '../../ports/graph-store.ts';
import { exportGraphml } from './graphml.ts';
import { exportJsonl } from './jsonl.ts';
import { exportMarkdown } from './markdown.ts';
import { exportSitemap } from './sitemap.ts';

const AT_ONCE = 50;

/** The site that has this root or page, a canonical URL; null if it is not on the map. */
export async function readSite(graph: SiteExport, url: string): Promise<ExportedSite | null> {
  const first = await graph.sitePages(url, { cursor: null, limit: 1 });
  if (first === null) return null;
  return { site: first.site, pages: () => readPages(graph, first.site.url) };
}

async function* readPages(graph: SiteExport, root: string): AsyncGenerator<PageDetail> {
  let cursor: string | null = null;
  do {
    const part = await graph.sitePages(root, { cursor, limit: AT_ONCE });
    yield* part?.pages ?? [];
    cursor = part?.next ?? null;
  } while (cursor !== null);
}

/** Makes a document of a site, part by part. */
type Exporter = (site: ExportedSite) => AsyncGenerator<string>;

/** What a site can be exported as. */
export const EXPORTERS = {
  jsonl: exportJsonl,
  graphml: exportGraphml,
  sitemap: exportSitemap,
  markdown: exportMarkdown,
} as const satisfies Readonly<Record<string, Exporter>>;

export type ExportFormat = keyof typeof EXPORTERS;
export const EXPORT_FORMATS = Object.keys(EXPORTERS) as readonly ExportFormat[];
