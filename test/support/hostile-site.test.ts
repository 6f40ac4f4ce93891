import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { CHAIN_HOPS, expectationsOf, HOSTILE_CASES, startHostileSite } from './hostile-site.ts';

const MEGABYTE = 1024 * 1024;

describe('the hostile site', () => {
  it('links to every case from its front page', async () => {
    await using site = await startHostileSite();
    const $ = load(await (await fetch(site.origin)).text());
    const links = $('a').map((_, link) => $(link).attr('href'));
    expect(links.get()).toEqual(HOSTILE_CASES.map(({ path }) => path));
    expect(new Set(links.get()).size).toBe(HOSTILE_CASES.length);
  });

  it('expects something of every case in both modes', () => {
    for (const hostile of HOSTILE_CASES) {
      for (const mode of ['browser', 'http'] as const) {
        for (const { state, reason } of expectationsOf(hostile, mode)) {
          expect(reason === undefined, hostile.path).toBe(state === 'done');
        }
      }
    }
  });

  it('lets a page through at the second try, on each new site again', async () => {
    for (const path of ['/status/429', '/status/503']) {
      await using site = await startHostileSite();
      const first = await fetch(site.url(path));
      expect(first.status).toBe(Number(path.slice(-3)));
      expect(first.headers.get('retry-after')).toBe(path.endsWith('429') ? '1' : null);
      expect((await fetch(site.url(path))).status).toBe(200);
    }
  });

  it('follows its chain to the end', async () => {
    await using site = await startHostileSite();
    const end = await fetch(site.url('/chain/1'));
    expect(end.url).toBe(site.url('/chain/end'));
    expect(site.log).toHaveLength(CHAIN_HOPS + 1);
  });

  it.each(['/large/known', '/large/unknown'])('sends 50 MB at %s', async (path) => {
    await using site = await startHostileSite();
    const response = await fetch(site.url(path));
    expect(response.headers.has('content-length')).toBe(path === '/large/known');
    expect(await lengthOf(response)).toBe(50 * MEGABYTE);
  });

  it('sends a gzip that unpacks to 200 MB', async () => {
    await using site = await startHostileSite();
    expect(await lengthOf(await fetch(site.url('/gzip-bomb')))).toBe(200 * MEGABYTE);
  });

  it('breaks off in the body', async () => {
    await using site = await startHostileSite();
    const response = await fetch(site.url('/reset'));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('ends its drips when the client leaves', async () => {
    await using site = await startHostileSite();
    const leaving = new AbortController();
    const response = await fetch(site.url('/drip'), { signal: leaving.signal });
    const start = await response.body?.getReader().read();
    expect(Buffer.from(start?.value ?? []).toString()).toContain('<title>Drip</title>');
    leaving.abort();
  });
});

async function lengthOf(response: Response): Promise<number> {
  let length = 0;
  for await (const piece of response.body ?? []) length += piece.length;
  return length;
}
