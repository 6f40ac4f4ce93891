import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { type Site, startSite } from '../support/fixture-site.ts';
import { tempDir } from '../support/temp-dir.ts';
import { WaymarkCommand } from '../support/waymark-command.ts';

const MINUTE = 60_000;
/** Milliseconds that the monitor itself adds to each sample. */
const RESOLUTION_MS = 10;
const MAX_ENTRIES = 50_000;
/** Sitemaps of the index that are themselves an index of 50,000 sitemaps. */
const INDEXES = 49;
/** Fifty thousand `loc` elements with this in their path make 49 MB. */
const LONG_PATH = 'a'.repeat(940);

function sitemap(root: 'urlset' | 'sitemapindex', urls: readonly string[]): Buffer {
  const entry = root === 'urlset' ? 'url' : 'sitemap';
  const entries = urls.map((url) => `<${entry}><loc>${url}</loc></${entry}>`);
  return Buffer.from(`<${root}>${entries.join('\n')}</${root}>`);
}

function numbered(count: number, url: (n: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, n) => url(n));
}

/** Serves the bodies that `bodiesOf` makes for the site's origin; everything else is a page without links. */
async function siteWith(bodiesOf: (origin: string) => Readonly<Record<string, Buffer>>): Promise<Site> {
  let bodies: Readonly<Record<string, Buffer>> = {};
  const site = await startSite((request, response) => {
    const body = bodies[request.url ?? ''];
    if (body !== undefined) response.end(body);
    else response.setHeader('content-type', 'text/html').end('<title>Page</title><p>text</p>');
  });
  bodies = bodiesOf(site.origin);
  return site;
}

/** An index of 49 indexes of 50,000 sitemaps each. */
function siteOfIndexes(): Promise<Site> {
  return siteWith((origin) => ({
    '/sitemap.xml': sitemap(
      'sitemapindex',
      numbered(INDEXES, (n) => `${origin}/${n}.xml`),
    ),
    ...Object.fromEntries(
      numbered(INDEXES, (n) => `/${n}.xml`).map((path) => [
        path,
        sitemap(
          'sitemapindex',
          numbered(MAX_ENTRIES, (n) => `${origin}${path}/${n}.xml`),
        ),
      ]),
    ),
  }));
}

describe('large sitemaps', { timeout: 3 * MINUTE }, () => {
  it('do not block the event loop while 49 MB of XML arrive', async () => {
    await using site = await siteWith((origin) => ({
      '/sitemap.xml': sitemap(
        'urlset',
        numbered(MAX_ENTRIES, (n) => `${origin}/${n}-${LONG_PATH}`),
      ),
    }));
    await using test = await openTestService();
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    const crawled = crawl(test, crawlOptions(site.url('/'), { maxPages: 1 }));
    await site.requested(({ path }) => path === '/sitemap.xml', MINUTE);
    delay.enable();
    const { task } = await crawled;
    delay.disable();
    expect(task.counts.found).toBe(MAX_ENTRIES + 1);
    expect(delay.percentile(99) / 1e6 - RESOLUTION_MS).toBeLessThan(50);
  });

  it('are read up to 50 files, whatever an index lists', async () => {
    await using site = await siteOfIndexes();
    await using dir = await tempDir();
    await using command = crawlCommand(site, dir.path);
    await site.requested(({ path }) => path === `/${INDEXES - 1}.xml`, MINUTE);
    await site.requested(({ path }) => path === '/', MINUTE / 2);
    expect((await command.ended).code).toBe(0);
    expect(site.log.filter(({ path }) => path.endsWith('.xml'))).toHaveLength(INDEXES + 1);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'do not delay %s, and the crawl resumes after it',
    async (signal) => {
      await using site = await siteOfIndexes();
      await using dir = await tempDir();
      await using first = crawlCommand(site, dir.path);
      await site.requested(({ path }) => path === '/10.xml', MINUTE);
      const stoppedAt = performance.now();
      first.child.kill(signal);
      await first.ended;
      expect(performance.now() - stoppedAt).toBeLessThan(2000);
      await using second = crawlCommand(site, dir.path, '--resume');
      expect((await second.ended).code).toBe(0);
      expect(site.visits('/')).toHaveLength(1);
    },
  );
});

function crawlCommand({ origin }: Site, storageDir: string, ...flags: readonly string[]): WaymarkCommand {
  const args = ['crawl', `${origin}/`, '--render', 'http', '--json', '--max-pages', '1'];
  return new WaymarkCommand([...args, '--storage-dir', storageDir, ...flags]);
}
