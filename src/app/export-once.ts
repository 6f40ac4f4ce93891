import { WaymarkError } from '../core/errors.ts';
import { EXPORTERS, readSite } from '../core/export/export-site.ts';
import { canonicalUrl } from '../core/url/canonical-url.ts';
import type { ExportedSite } from '../model/site.ts';
import type { SiteExport } from '../ports/graph-store.ts';
import { EmbeddedFile } from './embedded-stores.ts';
import { readSettings } from './environment.ts';
import type { ExportCall } from './export-flags.ts';
import { isFolder, writeSitemapFolder, writeToFile, writeToStdout } from './export-output.ts';
import { ExitCode, interrupted } from './shutdown.ts';
import { openGraph } from './stores.ts';

/** Exports a site and returns the exit code. */
export async function exportOnce(call: ExportCall): Promise<number> {
  const settings = readSettings(call.settings);
  await using opened = new AsyncDisposableStack();
  const file = opened.adopt(new EmbeddedFile(settings.storageDir), (it) => it.close());
  const { graph } = opened.adopt(await openGraph(settings, file), (it) => it.close());
  const interrupt = interrupted();
  const stop = new AbortController();
  void interrupt.promise.then(() => stop.abort());
  try {
    await exportSite(await siteOf(graph, call.site), call, stop.signal);
    return ExitCode.done;
  } catch (error) {
    if (stop.signal.aborted) return ExitCode.interrupted;
    throw error;
  } finally {
    interrupt.ignore();
  }
}

async function exportSite(site: ExportedSite, call: ExportCall, signal: AbortSignal): Promise<void> {
  const { format, output } = call;
  const parts = () => EXPORTERS[format](site);
  if (output === null) return writeToStdout(parts(), signal);
  if (!(await isFolder(output))) return writeToFile(parts(), output, signal);
  if (format === 'sitemap') return writeSitemapFolder(site, output, signal);
  throw new WaymarkError(
    'bad-setting',
    `--output ${output} is a folder, but only a sitemap can be split into files. Name a file.`,
  );
}

/** Reads the site of a URL: first with its fragment as a hash route, then without. */
async function siteOf(graph: SiteExport, url: string): Promise<ExportedSite> {
  for (const hashRoutes of [true, false]) {
    const site = await readSite(graph, canonicalUrl(url, undefined, { hashRoutes }) ?? url);
    if (site !== null) return site;
  }
  throw new WaymarkError('page-not-found', `No crawl has stored a page under ${url}. Crawl the site first.`);
}
