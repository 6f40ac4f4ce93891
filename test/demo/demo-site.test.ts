import { load } from 'cheerio';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { createDemoSite } from '../../src/demo/demo-site.ts';
import {
  EXPECTED_DETOURS,
  EXPECTED_FAILURES,
  EXPECTED_PAGES,
  EXPECTED_SKIPS,
  EXPECTED_VARIANTS,
} from '../../src/demo/expected.ts';

const ORIGIN = 'http://library.test';
const site = createDemoSite();

function ask(path: string): Promise<Response> {
  return Promise.resolve(site.request(`${ORIGIN}${path}`));
}

async function textOf(path: string): Promise<string> {
  const response = await ask(path);
  const charset = response.headers.get('content-type')?.includes('euc-kr') ? 'cp949' : 'utf-8';
  return iconv.decode(Buffer.from(await response.arrayBuffer()), charset);
}

/** Link targets of a page without fragments: paths of the site, or URLs of other hosts. */
async function linksOf(path: string): Promise<readonly string[]> {
  const $ = load(await textOf(path));
  const targets = $('a[href], area[href]').map((_, link) => $(link).attr('href') ?? '');
  const urls = targets.get().map((href) => new URL(href, `${ORIGIN}${path}`));
  const pages = urls.filter((url) => url.protocol.startsWith('http'));
  return pages.map((url) => (url.origin === ORIGIN ? url.pathname + url.search : url.href));
}

function canonical(path: string): string {
  const variant = EXPECTED_VARIANTS[path] ?? path;
  return EXPECTED_DETOURS.find((detour) => detour.path === variant)?.target ?? variant;
}

/** Clicks from the front page, over the links in the markup and those that the script draws. */
async function depths(): Promise<ReadonlyMap<string, number>> {
  const rooms = (await (await ask('/api/rooms.json')).json()) as readonly { readonly path: string }[];
  const pages = new Set(EXPECTED_PAGES.map(({ path }) => path));
  const found = new Map([['/', 0]]);
  for (const [path, depth] of found) {
    const drawn = path === '/rooms' ? rooms.map((room) => room.path) : [];
    for (const link of [...(await linksOf(path)), ...drawn].map(canonical)) {
      if (pages.has(link) && !found.has(link)) found.set(link, depth + 1);
    }
  }
  return found;
}

describe('the pages of the demo site', () => {
  it.each(EXPECTED_PAGES)('$path is titled $title', async ({ path, title }) => {
    expect((await ask(path)).status).toBe(200);
    expect(load(await textOf(path))('title').text()).toBe(title);
  });

  it.each(EXPECTED_PAGES)('$path can be read by everyone', async ({ path }) => {
    const $ = load(await textOf(path));
    expect($('html').attr('lang')).toMatch(/^(en|ko)$/);
    expect($('h1')).toHaveLength(1);
    expect($('a.skip').attr('href')).toBe(`#${$('main').attr('id')}`);
    expect($('img:not([alt]), area:not([alt])')).toHaveLength(0);
    const ids = $('[id]').map((_, element) => $(element).attr('id'));
    expect(new Set(ids.get()).size).toBe(ids.length);
    for (const field of $('input[id], select, textarea').get()) {
      expect($(`label[for="${$(field).attr('id')}"]`)).toHaveLength(1);
    }
    for (const link of $('a[href]').get()) {
      const name = $(link).text().trim() || $(link).attr('aria-label') || $(link).find('img').attr('alt');
      expect(name).toBeTruthy();
    }
  });

  it('lead to nothing that the lists do not name', async () => {
    const named = new Set([
      ...EXPECTED_PAGES.map(({ path }) => path),
      ...EXPECTED_DETOURS.map(({ path }) => path),
      ...[...EXPECTED_FAILURES, ...EXPECTED_SKIPS].map(({ url }) => url),
      ...Object.keys(EXPECTED_VARIANTS),
    ]);
    const linked = new Set<string>();
    for (const { path } of EXPECTED_PAGES) for (const link of await linksOf(path)) linked.add(link);
    expect([...linked].filter((link) => !named.has(link))).toEqual([]);
    const reached = EXPECTED_PAGES.filter(({ needs }) => needs === null || needs === 'every-page').map(
      ({ path }) => path,
    );
    const others = [...named].filter((path) => !EXPECTED_PAGES.some((page) => page.path === path));
    expect([...reached, ...others].filter((path) => !linked.has(path))).toEqual([]);
  });

  it('are as many clicks from the front page as the list says', async () => {
    const found = await depths();
    const expected = EXPECTED_PAGES.filter(({ needs }) => needs !== 'sitemap');
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(expected.map(({ path, depth }) => [path, depth])),
    );
  });

  it('in Korean are code page 949 under the name of EUC-KR', async () => {
    const response = await ask('/ko/stories');
    expect(response.headers.get('content-type')).toBe('text/html; charset=euc-kr');
    const bytes = Buffer.from(await response.arrayBuffer());
    // 똠 is 0x8C 0x63 in code page 949, outside KS X 1001.
    expect(bytes.includes(Buffer.from([0x8c, 0x63]))).toBe(true);
    expect(iconv.decode(bytes, 'cp949')).toContain('찦차를 타고 온 펲시맨과 쑛다리 똠방각하');
  });

  it('number the list from 1 to 12 with ten notices each', async () => {
    const $ = load(await textOf('/notices?page=3'));
    expect($('.board > li')).toHaveLength(10);
    expect($('nav[aria-label="Pagination"] a')).toHaveLength(14);
    expect($('a[rel="next"]').attr('href')).toBe('/notices?page=4');
    expect($('a[rel="prev"]').attr('href')).toBe('/notices?page=2');
    expect((await ask('/notices?page=13')).status).toBe(404);
  });

  it('show no room without JavaScript', async () => {
    const $ = load(await textOf('/rooms'));
    expect($('main a')).toHaveLength(0);
    expect($('noscript').text()).toContain('JavaScript');
  });

  it('escape what is searched for', async () => {
    const $ = load(await textOf('/search?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E'));
    expect($('script')).toHaveLength(0);
    expect($('#q').attr('value')).toBe('"><script>alert(1)</script>');
  });
});

describe('what is not a page', () => {
  it('redirects', async () => {
    const hops = async (path: string) => {
      const response = await ask(path);
      return [response.status, response.headers.get('location')];
    };
    expect(await hops('/old-hours')).toEqual([301, '/hours']);
    expect(await hops('/visit-us')).toEqual([302, '/visiting']);
    expect(await hops('/visiting')).toEqual([302, '/about/branches']);
    expect(await hops('/notices')).toEqual([301, '/notices?page=1']);
    expect(await hops('/mobile-library')).toEqual([302, '/mobile-library/timetable']);
    expect(await hops('/mobile-library/timetable')).toEqual([302, '/mobile-library']);
    expect(await hops('/go/county-catalogue')).toEqual([302, 'http://example.invalid/']);
  });

  it('serves the same page under another URL', async () => {
    expect(await textOf('/hours/')).toBe(await textOf('/hours'));
    expect(await textOf('/hours?utm_source=notice')).toBe(await textOf('/hours'));
    expect(await textOf('/index.html')).toBe(await textOf('/'));
  });

  it('fails where it must', async () => {
    expect((await ask('/events/harbour-fair-2019')).status).toBe(404);
    expect((await ask('/catalogue/new-arrivals')).status).toBe(500);
  });

  it('is of another type than HTML', async () => {
    const typeOf = async (path: string) => (await ask(path)).headers.get('content-type');
    expect(await typeOf('/files/opening-hours.pdf')).toBe('application/pdf');
    expect(await typeOf('/images/harbour.svg')).toBe('image/svg+xml');
    expect(await typeOf('/images/floor-plan.png')).toBe('image/png');
  });

  it('states what crawlers may visit', async () => {
    expect(await textOf('/robots.txt')).toBe(
      `User-agent: *\nDisallow: /staff/\n\nSitemap: ${ORIGIN}/sitemap.xml\n`,
    );
    expect(await textOf('/sitemap.xml')).toContain(`<loc>${ORIGIN}/lantern-fund</loc>`);
  });
});
