import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpAgent } from '../../../pools/http/http-agent.ts';
import { GuardedLookup } from '../../../pools/net/guarded-lookup.ts';
import { type SitemapReaderOptions, ThreadedSitemapReader } from '../../../pools/sitemap/sitemap-reader.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import type { SitemapEntries } from '../../../src/ports/sitemap-reader.ts';
import { serve } from '../net/loopback.ts';

const never = new AbortController().signal;

type Limits = Omit<SitemapReaderOptions, 'agent'>;

function openReader(port: number, limits: Limits = {}): ThreadedSitemapReader {
  const lookup = new GuardedLookup({ policy: new AccessPolicy([`127.0.0.1:${port}`]) });
  const agent = new HttpAgent({ clock: systemClock, lookup });
  const reader = new ThreadedSitemapReader({ agent, ...limits });
  onTestFinished(async () => {
    await reader.close();
    await agent.destroy();
  });
  return reader;
}

/** Reads `/sitemap.xml` of a site; `seen` gets each batch as it arrives. */
async function read(listener: RequestListener, limits: Limits = {}, seen: SitemapEntries[] = []) {
  const site = await serve(listener);
  const reader = openReader(site.port, limits);
  for await (const batch of reader.read(`${site.origin}/sitemap.xml`, never)) seen.push(batch);
  return urlsOf(seen);
}

function urlsOf(batches: readonly SitemapEntries[]): readonly string[] {
  return batches.flatMap(({ urls }) => urls);
}

function urlset(from: number, to: number): string {
  const entries = Array.from(
    { length: to - from },
    (_, n) => `<url><loc>http://a.test/${from + n}</loc></url>`,
  );
  return `<urlset>${entries.join('\n')}</urlset>`;
}

describe('ThreadedSitemapReader', { timeout: 30_000 }, () => {
  it('reads XML, text and gzip files in small batches', async () => {
    const seen: SitemapEntries[] = [];
    const urls = await read((_, response) => response.end(urlset(0, 20_000)), {}, seen);
    expect(urls).toHaveLength(20_000);
    expect(urls.at(-1)).toBe('http://a.test/19999');
    expect(Math.max(...seen.map((batch) => batch.urls.length))).toBeLessThan(2_000);
    expect(await read((_, response) => response.end('http://a.test/1\nhttp://a.test/2'))).toHaveLength(2);
    expect(await read((_, response) => response.end(gzipSync(urlset(0, 5_000))))).toHaveLength(5_000);
  });

  it('yields nothing for a missing file', async () => {
    expect(await read((_, response) => response.writeHead(404).end(urlset(0, 3)))).toEqual([]);
  });

  it('takes no more than 50,000 entries and the bytes of its limit', async () => {
    expect(await read((_, response) => response.end(urlset(0, 50_010)))).toHaveLength(50_000);
    const cut = await read((_, response) => response.end(gzipSync(urlset(0, 50_000))), { maxBytes: 40_000 });
    expect(cut.length).toBeGreaterThan(500);
    expect(cut.length).toBeLessThan(1_500);
  });

  it('expands no entity of a document type', async () => {
    const levels = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
    const bomb = `<!DOCTYPE urlset [<!ENTITY e0 "x">${levels.join('')}]>`;
    const text = `${bomb}<urlset><url><loc>&e20;</loc></url><url><loc>http://a.test/</loc></url></urlset>`;
    expect(await read((_, response) => response.end(text))).toEqual(['&e20;', 'http://a.test/']);
  });

  it('throws when the connection breaks, after the entries that arrived before', async () => {
    const seen: SitemapEntries[] = [];
    const reading = read(
      (_, response) => {
        response.write(urlset(0, 100).replace('</urlset>', ' '.repeat(100)), () => response.destroy());
      },
      {},
      seen,
    );
    await expect(reading).rejects.toMatchObject({ reason: 'connection' });
    expect(urlsOf(seen)).toHaveLength(100);
  });

  it('throws when the file takes too long', async () => {
    const reading = read((_, response) => response.write('<urlset>'), { timeoutMs: 300 });
    await expect(reading).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('stops when the signal aborts, and reads other files on', async () => {
    const site = await serve((request, response) => {
      if (request.url === '/endless') response.write(urlset(0, 100));
      else response.end(urlset(0, 10));
    });
    const reader = openReader(site.port);
    const controller = new AbortController();
    const reading = async () => {
      for await (const _ of reader.read(`${site.origin}/endless`, controller.signal))
        controller.abort(new Error('stop'));
    };
    await expect(reading()).rejects.toThrow('stop');
    const urls: string[] = [];
    for await (const batch of reader.read(`${site.origin}/`, never)) urls.push(...batch.urls);
    expect(urls).toHaveLength(10);
  });
});
