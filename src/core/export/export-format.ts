import { exportGraphml } from './graphml.ts';
import { exportJsonl } from './jsonl.ts';
import { exportMarkdown } from './markdown.ts';
import type { ExportedSite } from './read-site.ts';
import { exportSitemap } from './sitemap.ts';

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
