import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocumentClient } from '../../../pools/http/document-client.ts';
import { HttpAgent } from '../../../pools/http/http-agent.ts';
import { GuardedLookup } from '../../../pools/net/guarded-lookup.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import { serve } from '../net/loopback.ts';

const LIMITS = { maxBytes: 100, timeoutMs: 10_000 };

async function getFrom(listener: RequestListener, path = '/robots.txt', limits = LIMITS) {
  const site = await serve(listener);
  const lookup = new GuardedLookup({ policy: new AccessPolicy([`127.0.0.1:${site.port}`]) });
  const agent = new HttpAgent({ clock: systemClock, lookup });
  onTestFinished(() => agent.destroy());
  const answer = await createDocumentClient(agent).get(site.origin + path, limits);
  return { ...answer, text: Buffer.from(answer.body).toString(), path: new URL(answer.finalUrl).pathname };
}

describe('the document client', () => {
  it('returns any type and any status', async () => {
    const robots = await getFrom((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *');
    });
    expect(robots).toMatchObject({
      status: 200,
      contentType: 'text/plain',
      text: 'User-agent: *',
      truncated: false,
    });
    const missing = await getFrom((_, response) => response.writeHead(404).end('no'));
    expect(missing).toMatchObject({ status: 404, contentType: '', text: 'no' });
    expect(await getFrom((_, response) => response.writeHead(503).end())).toMatchObject({
      status: 503,
      text: '',
    });
  });

  it('cuts a long document off, however long it says it is', async () => {
    const long = await getFrom((_, response) => response.end('x'.repeat(1000)));
    expect(long).toMatchObject({ text: 'x'.repeat(100), truncated: true });
    const endless = await getFrom((_, response) => response.write('x'.repeat(1000)));
    expect(endless).toMatchObject({ text: 'x'.repeat(100), truncated: true });
  });

  it('unpacks a gzip file, also under a content coding, within the limit', async () => {
    const sitemap = '<urlset></urlset>';
    const plain = await getFrom((_, response) => response.end(gzipSync(sitemap)), '/sitemap.xml.gz');
    expect(plain).toMatchObject({ text: sitemap, truncated: false });
    const twice = await getFrom((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(gzipSync(sitemap)));
    });
    expect(twice).toMatchObject({ text: sitemap, truncated: false });
    const bomb = await getFrom((_, response) => response.end(gzipSync(Buffer.alloc(1_000_000, 'x'))));
    expect(bomb).toMatchObject({ text: 'x'.repeat(100), truncated: true });
  });

  it('follows five redirects', async () => {
    const count: RequestListener = (request, response) => {
      const n = Number(request.url?.slice(1));
      if (n === 0) response.end('there');
      else response.writeHead(301, { location: `/${n - 1}` }).end();
    };
    expect(await getFrom(count, '/5')).toMatchObject({ path: '/0', text: 'there' });
    await expect(getFrom(count, '/6')).rejects.toMatchObject({ reason: 'redirect-loop' });
  });

  it('rejects when there is no response', async () => {
    await expect(getFrom((request) => request.socket.destroy())).rejects.toMatchObject({
      reason: 'connection',
    });
    await expect(getFrom(() => {}, '/', { ...LIMITS, timeoutMs: 200 })).rejects.toMatchObject({
      reason: 'timeout',
    });
    await expect(
      getFrom((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()),
    ).rejects.toMatchObject({ reason: 'address-refused' });
  });
});
