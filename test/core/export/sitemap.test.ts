import { describe, expect, it } from 'vitest';
import { exportSitemap, exportSitemapFiles, sitemapIndex } from '../../../src/core/export/sitemap.ts';
import type { PageDetail } from '../../../src/model/page.ts';
import { parsedSitemap } from '../../support/parsed-sitemap.ts';
import { page, ROOT, siteOf, textOf } from './sites.ts';
import { parseXml } from './xml-document.ts';

const SITEMAP = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** URLs of a document that is held to sitemap.xsd. */
function urlsOf(document: string): readonly string[] {
  const root = parseXml(document);
  expect([root.name, root.namespace]).toEqual(['urlset', SITEMAP]);
  return root.children.map(({ name, children }) => {
    expect([name, children.map((child) => child.name)]).toEqual(['url', ['loc']]);
    return children[0]?.text ?? '';
  });
}

async function filesOf(pages: readonly PageDetail[]): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const { file, text } of exportSitemapFiles(siteOf(pages)))
    files[file - 1] = (files[file - 1] ?? '') + text;
  return files;
}

function manyPages(count: number, path = '/p'): PageDetail[] {
  return Array.from({ length: count }, (_, n) => page(`${path}/${n}`));
}

describe('a site as a sitemap', () => {
  it('lists its pages', async () => {
    const document = await textOf(exportSitemap(siteOf([page('/'), page('/a?b=1&c=2'), page("/it's")])));
    const urls = ['http://site.test/', 'http://site.test/a?b=1&c=2', "http://site.test/it's"];
    expect(urlsOf(document)).toEqual(urls);
    expect(parsedSitemap(document).urls).toEqual(urls);
  });

  it('lists neither pages of other hosts nor URLs that are too long', async () => {
    const other = page('/', { url: 'http://blog.site.test/' });
    const long = page(`/${'x'.repeat(2048 - ROOT.length)}`);
    const fits = page(`/${'x'.repeat(2047 - ROOT.length)}`);
    expect(urlsOf(await textOf(exportSitemap(siteOf([other, long, fits]))))).toEqual([fits.url]);
  });

  it('is split by number, and named by an index', async () => {
    const files = await filesOf(manyPages(100_001));
    expect(files.map((file) => urlsOf(file).length)).toEqual([50_000, 50_000, 1]);
    const index = sitemapIndex(ROOT, ['sitemap-1.xml', 'sitemap-2.xml']);
    expect(parseXml(index)).toMatchObject({ name: 'sitemapindex', namespace: SITEMAP });
    expect(parsedSitemap(index).sitemaps).toEqual([
      'http://site.test/sitemap-1.xml',
      'http://site.test/sitemap-2.xml',
    ]);
  });

  it('is split by size', async () => {
    const files = await filesOf(manyPages(30_000, `/${'x'.repeat(1900)}`));
    expect(files).toHaveLength(2);
    for (const file of files) expect(Buffer.byteLength(file)).toBeLessThanOrEqual(50 * 1024 * 1024);
    expect(files.flatMap(urlsOf)).toHaveLength(30_000);
  });

  it('does not fit into one file past the limits', async () => {
    const tooLarge = { code: 'export-too-large' };
    await expect(textOf(exportSitemap(siteOf(manyPages(50_001))))).rejects.toMatchObject(tooLarge);
    const long = siteOf(manyPages(30_000, `/${'x'.repeat(1900)}`));
    await expect(textOf(exportSitemap(long))).rejects.toMatchObject(tooLarge);
  });
});
