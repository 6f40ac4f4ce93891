import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { type Site, startSite } from './fixture-site.ts';
import { generatedPath, generatedSite } from './generated-site.ts';

async function linksOf(site: Site, path: string): Promise<readonly string[]> {
  const $ = load(await (await fetch(site.url(path))).text());
  return $('a')
    .map((_, link) => $(link).attr('href'))
    .get();
}

describe('a generated site', () => {
  it('can be walked from the front page to every page, and no further', async () => {
    await using site = await startSite(generatedSite(57, { fanout: 4, textBytes: 100 }));
    const found = new Set(['/']);
    for (const path of found) for (const link of await linksOf(site, path)) found.add(link);
    expect([...found].sort()).toEqual(Array.from({ length: 57 }, (_, index) => generatedPath(index)).sort());
    expect((await fetch(site.url('/subject-57/notes'))).status).toBe(404);
    expect((await fetch(site.url('/subject-0/notes'))).status).toBe(404);
  });

  it('is the same every time, titled by number, with as much text as requested', async () => {
    const page = async () => {
      await using site = await startSite(generatedSite(100, { textBytes: 5_000 }));
      return (await fetch(site.url('/subject-42/notes'))).text();
    };
    const html = await page();
    expect(await page()).toBe(html);
    const $ = load(html);
    expect($('title').text()).toBe('Page 42');
    expect($('main > section > p').text()).toHaveLength(5_000);
  });
});
