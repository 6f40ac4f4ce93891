import { describe, expect, it } from 'vitest';
import { pageOf, SITE, saveCrawl, urlOf } from '../../conformance/graph/pages.ts';
import { ApiHarness } from '../../support/api-harness.ts';
import { allItems } from '../../support/crawled-site.ts';

const MENU = { heading: 'Menu', type: 'navigation', links: [['/services', 'Services']] } as const;

/** An API over a small site that was mapped before. */
async function mappedSite(): Promise<ApiHarness> {
  const api = await ApiHarness.open();
  const pages = [
    pageOf('/', [MENU, { heading: 'Welcome' }], { title: 'Front', depth: 0 }),
    pageOf('/services', [{ heading: 'All we do', links: [['/printing', 'Printing']] }], {
      title: 'Services',
    }),
    pageOf('/printing', [MENU, { heading: 'Prices', text: 'Prices Ten pence a sheet.' }], {
      title: 'Printing',
      description: 'Print and scan',
      depth: 2,
    }),
    pageOf('/island', [{ heading: 'Nobody leads here' }], { title: 'Island', depth: 1 }),
  ];
  await saveCrawl(api.deps.graph, 'crawl', pages);
  return api;
}

const navigate = (api: ApiHarness, body: object, status = 200) =>
  api.json(status, 'POST', '/api/v1/navigate', body);

describe('the route to the best match', () => {
  it('is returned step by step', async () => {
    const api = await mappedSite();
    const answer = await navigate(api, { from_url: SITE, target_text: 'printing prices' });
    expect(answer).toMatchObject({
      status: 'found',
      message: '“Prices” on “Printing” is 2 clicks away.',
      from: { url: SITE, title: 'Front' },
      target_text: 'printing prices',
      clicks: 2,
      target: { url: urlOf('/printing'), heading: 'Prices', fragment: 's1', matched_by: 'heading' },
      alternatives: [],
    });
    expect(answer.steps).toEqual([
      {
        action: 'activate',
        page: { url: SITE, title: 'Front' },
        section: { id: expect.any(String), type: 'navigation', heading: 'Menu', label: null, anchor: 's0' },
        place: 'menu',
        label: 'Services',
        role: 'link',
        target: { url: urlOf('/services'), title: 'Services', fragment: '' },
        instruction: 'Choose “Services” in the menu.',
      },
      expect.objectContaining({
        place: 'content',
        instruction: 'Choose “Printing” in the section “All we do”.',
      }),
      {
        action: 'look',
        page: { url: urlOf('/printing'), title: 'Printing' },
        section: expect.objectContaining({ heading: 'Prices', anchor: 's1' }),
        place: null,
        label: null,
        role: null,
        target: null,
        instruction: 'On this page, go to the section “Prices”.',
      },
    ]);
  });

  it('is found from any spelling of the URL, by bad spelling of the words, and from the query', async () => {
    const api = await mappedSite();
    const answer = await navigate(api, { from_url: 'HTTP://Site.TEST:80/#x', target_text: 'prinitng' });
    expect(answer.target.url).toBe(urlOf('/printing'));
    const query = new URLSearchParams({ from_url: SITE, target_text: 'printing', max_steps: '1' });
    expect(await api.json(200, 'POST', `/api/v1/navigate?${query}`)).toMatchObject({
      status: 'too-far',
      clicks: 2,
    });
  });

  it('may not exist, with the reason', async () => {
    const api = await mappedSite();
    const ask = (text: string, from = SITE) => navigate(api, { from_url: from, target_text: text });
    expect(await ask('island')).toMatchObject({ status: 'unreachable', clicks: null, steps: [] });
    expect(await ask('submarine')).toMatchObject({ status: 'not-found', target: null, steps: [] });
    expect(await ask('prices', urlOf('/printing'))).toMatchObject({
      status: 'here',
      clicks: 0,
      steps: [{ action: 'look' }],
    });
  });

  it('comes with alternatives if they are requested', async () => {
    const api = await mappedSite();
    const answer = await navigate(api, { from_url: SITE, target_text: 'printing services', alternatives: 2 });
    expect(answer.alternatives.length).toBeGreaterThan(0);
    expect(answer.alternatives[0]).toMatchObject({ status: expect.any(String), steps: expect.any(Array) });
  });

  it.each([
    [{ from_url: 'http://site.test/unknown', target_text: 'x' }, 404, 'page-not-found'],
    [{ from_url: 'http://unknown.test/', target_text: 'x' }, 404, 'page-not-found'],
    [{ from_url: 'nonsense', target_text: 'x' }, 400, 'bad-url'],
    [{ from_url: SITE, target_text: '' }, 400, 'bad-request'],
    [{ from_url: SITE, target_text: ' "*?! ' }, 400, 'bad-request'],
    [{ from_url: SITE, target_text: 'x'.repeat(10_000) }, 400, 'bad-request'],
    [{ from_url: SITE }, 400, 'bad-request'],
    [{ from_url: SITE, target_text: 'x', max_steps: 0 }, 400, 'bad-request'],
    [{ from_url: SITE, target_text: 'x', alternatives: 11 }, 400, 'bad-request'],
    [{ from_url: SITE, target_text: 'x', colour: 'red' }, 400, 'bad-request'],
  ])('refuses %j', async (body, status, code) => {
    const api = await mappedSite();
    expect(await navigate(api, body, status)).toMatchObject({ code });
  });

  it('takes query languages for words', async () => {
    const api = await mappedSite();
    const texts = [`prices" OR ""`, 'prices*', `prices'; DROP TABLE page --`, 'prices NEAR('];
    for (const target_text of texts) {
      const answer = await navigate(api, { from_url: SITE, target_text });
      expect(answer.target?.heading, target_text).toBe('Prices');
    }
    const cypher = await navigate(api, { from_url: SITE, target_text: 'MATCH (n) DETACH DELETE n' });
    expect(cypher.status).toBe('not-found');
    expect((await api.deps.graph.counts('crawl')).pages).toBe(4);
  });
});

describe('a search', () => {
  it('finds pages and sections with the route from the root', async () => {
    const api = await mappedSite();
    const { hits, site } = await api.json(200, 'GET', '/api/v1/search?q=pence');
    expect(site).toBeNull();
    expect(hits).toMatchObject([
      {
        status: 'found',
        clicks: 2,
        target: { url: urlOf('/printing'), heading: 'Prices' },
        snippet: 'Prices Ten pence a sheet.',
        steps: [{ label: 'Services' }, { label: 'Printing' }, { action: 'look' }],
      },
    ]);
  });

  it('is bound to a site that is named by any of its pages', async () => {
    const api = await mappedSite();
    const { graph } = api.deps;
    await graph.openSite({ url: 'http://other.test/', crawlId: 'other', at: 1 });
    await graph.save('other', [{ ...pageOf('/', [{ heading: 'Prices' }]), url: 'http://other.test/' }], []);
    const of = async (query: string) => {
      const { hits } = await api.json(200, 'GET', `/api/v1/search?${query}`);
      return hits.map(({ target }: { target: { url: string } }) => target.url);
    };
    expect(await of('q=prices')).toEqual(expect.arrayContaining(['http://other.test/', urlOf('/printing')]));
    expect(new Set(await of(`q=prices&site=${urlOf('/services')}`))).toEqual(new Set([urlOf('/printing')]));
    expect(await of('q=prices&limit=1')).toHaveLength(1);
  });

  it.each([
    ['', 'bad-request'],
    ['q=', 'bad-request'],
    ['q=%22%22', 'bad-request'],
    [`q=${'x'.repeat(10_000)}`, 'bad-request'],
    ['q=x&limit=51', 'bad-request'],
    ['q=x&site=nonsense', 'bad-url'],
  ])('refuses %s', async (query, code) => {
    const api = await mappedSite();
    expect(await api.json(400, 'GET', `/api/v1/search?${query}`)).toMatchObject({ code });
  });

  it('has no site that was not crawled', async () => {
    const api = await mappedSite();
    const answer = await api.json(404, 'GET', '/api/v1/search?q=x&site=http://unknown.test/');
    expect(answer).toMatchObject({ code: 'page-not-found' });
  });
});

describe('the structure of a site', () => {
  it('is its root, other hosts and pages by depth', async () => {
    const api = await mappedSite();
    const answer = await api.json(200, 'GET', `/api/v1/structure?url=${urlOf('/printing')}`);
    expect(answer).toMatchObject({
      root: { url: SITE, title: 'Front', host: 'site.test', page_count: 4, summary: null },
      subroots: [],
      next: null,
    });
    expect(answer.pages.map(({ url, depth }: { url: string; depth: number }) => [url, depth])).toEqual([
      [SITE, 0],
      [urlOf('/services'), 1],
      [urlOf('/island'), 1],
      [urlOf('/printing'), 2],
    ]);
    expect(answer.pages[3].sections[1]).toEqual({
      id: expect.any(String),
      type: 'section',
      heading: 'Prices',
      label: null,
      anchor: 's1',
      path: 'main/section[2]',
      preview: 'Prices Ten pence a sheet.',
      summary: null,
      first_seen: '1970-01-01T00:00:01.000Z',
      last_seen: '1970-01-01T00:00:01.000Z',
    });
  });

  it('has its paginated lists and groups', async () => {
    const api = await mappedSite();
    const outline = `/api/v1/structure?url=${urlOf('/printing')}`;
    const none = { boards: [], board_count: 0, groups: [], group_count: 0 };
    expect(await api.json(200, 'GET', outline)).toMatchObject(none);
    const pages = Array.from({ length: 21 }, (_, n) => ({ page: n + 1, url: urlOf('/services') }));
    const about = { strategy: 'all', total: 21, checked: true, repeats: false } as const;
    const group = { name: 'news', pattern: urlOf('/news/*'), fingerprint: 'a', pages: 7, layouts: [] };
    const batch = {
      lists: [
        { pattern: `${SITE}news?page={page}`, ...about, pages },
        { ...about, pattern: `${SITE}log?cursor={page}`, total: null, checked: false, pages: [] },
      ],
      groups: [{ ...group, examples: [urlOf('/island')] }],
    };
    await api.deps.graph.saveAnalysis('crawl', batch, 1);
    const answer = await api.json(200, 'GET', outline);
    expect(answer).toMatchObject({ board_count: 2, group_count: 1 });
    expect(answer.boards[1]).toMatchObject({ total_pages: null, total_checked: false, page_count: 0 });
    const [{ pages: told, ...board }] = answer.boards;
    expect(board).toEqual({
      id: expect.any(String),
      pattern: `${SITE}news?page={page}`,
      strategy: 'all',
      total_pages: 21,
      total_checked: true,
      repeats: false,
      page_count: 21,
    });
    expect(told).toHaveLength(20);
    expect(told[19]).toEqual({ page: 20, url: urlOf('/services'), title: 'Services' });
    expect(answer.groups).toEqual([
      {
        id: expect.any(String),
        name: 'news',
        pattern: urlOf('/news/*'),
        page_count: 7,
        summary: null,
        examples: [{ url: urlOf('/island'), title: 'Island' }],
      },
    ]);
  });

  it('goes by pages', async () => {
    const api = await mappedSite();
    expect(await allItems(api, `/api/v1/structure?url=${SITE}&limit=1`, 'pages')).toHaveLength(4);
  });

  it.each([
    ['url=http://unknown.test/', 404, 'page-not-found'],
    ['url=nonsense', 400, 'bad-url'],
    ['', 400, 'bad-request'],
    [`url=${SITE}&cursor=x`, 400, 'bad-cursor'],
    [`url=${SITE}&limit=0`, 400, 'bad-request'],
  ])('refuses %s', async (query, status, code) => {
    const api = await mappedSite();
    expect(await api.json(status, 'GET', `/api/v1/structure?${query}`)).toMatchObject({ code });
  });
});

describe('the links to a page', () => {
  it('are listed with text, role and section', async () => {
    const api = await mappedSite();
    const links = await allItems(api, `/api/v1/inlinks?url=${urlOf('/services')}&limit=1`, 'links');
    expect(links).toMatchObject([
      {
        page: { url: SITE, title: 'Front' },
        section: { type: 'navigation' },
        text: 'Services',
        role: 'link',
      },
      { page: { url: urlOf('/printing') }, text: 'Services', fragment: '' },
    ]);
  });

  it.each([
    ['url=http://unknown.test/', 404, 'page-not-found'],
    [`url=${SITE}&cursor=1.2`, 400, 'bad-cursor'],
    [`url=${SITE}&limit=501`, 400, 'bad-request'],
  ])('refuses %s', async (query, status, code) => {
    const api = await mappedSite();
    expect(await api.json(status, 'GET', `/api/v1/inlinks?${query}`)).toMatchObject({ code });
  });
});
