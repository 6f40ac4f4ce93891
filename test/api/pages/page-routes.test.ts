import { describe, expect, it } from 'vitest';
import { ApiHarness, SEED } from '../../support/api-harness.ts';
import { allItems, crawledSite } from '../../support/crawled-site.ts';

describe('the pages of a crawl', () => {
  it('are listed page by page, without what stands on them', async () => {
    const { api, task } = await crawledSite({ pages: 7 });
    const pages = await allItems(api, `${task}/pages?limit=3`, 'pages');
    expect(pages.map(({ url }) => url)).toEqual([SEED, ...[1, 2, 3, 4, 5, 6].map((n) => `${SEED}p/${n}`)]);
    expect(pages[0]).toEqual({
      url: SEED,
      title: `Title of ${SEED}`,
      description: 'A staged page',
      language: 'en',
      depth: 0,
      status: 200,
      via: 'http',
      content_hash: `hash of ${SEED}`,
      fetched_at: '2023-11-14T22:13:20.000Z',
      first_seen: '2023-11-14T22:13:20.000Z',
      gone_since: null,
      section_count: 1,
      link_count: 1,
      summary: null,
    });
  });

  it('are listed with what stands on them', async () => {
    const { api, task } = await crawledSite({ pages: 3 });
    const pages = await allItems(api, `${task}/pages?limit=2&parsed=true`, 'pages');
    expect(pages).toHaveLength(3);
    expect(pages[2]).toMatchObject({
      parsed: { sections: [{ heading: 'Welcome' }], links: [{ text: 'One' }] },
    });
  });

  it('are listed as Markdown', async () => {
    const { api, task } = await crawledSite({ pages: 3 });
    const pages = await allItems(api, `${task}/pages?limit=2&format=markdown`, 'pages');
    expect(pages).toHaveLength(3);
    expect(pages[2]).toMatchObject({
      markdown: expect.stringMatching(/^# Title of http:\/\/site\.example\/p\/2\n/),
    });
    expect(pages[2]).not.toHaveProperty('parsed');
    const [both] = await allItems(api, `${task}/pages?limit=5&format=markdown&parsed=true`, 'pages');
    expect(both).toMatchObject({ markdown: expect.any(String), parsed: { sections: [{}] } });
  });

  it('are none before the crawl has begun', async () => {
    const api = await ApiHarness.open();
    const { id } = await api.submit();
    expect(await api.json(200, 'GET', `/api/v1/tasks/${id}/pages`)).toEqual({
      pages: [],
      next: null,
      next_cursor: null,
    });
  });

  it.each(['limit=501', 'parsed=1', 'format=pdf', 'colour=red'])('refuse %s', async (query) => {
    const api = await ApiHarness.open();
    expect(await api.json(400, 'GET', `/api/v1/tasks/x/pages?${query}`)).toMatchObject({
      code: 'bad-request',
    });
  });

  it('are not there for an unknown task', async () => {
    const api = await ApiHarness.open();
    expect(await api.json(404, 'GET', '/api/v1/tasks/nope/pages')).toMatchObject({ code: 'task-not-found' });
  });
});

describe('a page', () => {
  it('is found under any spelling of its URL', async () => {
    const { api } = await crawledSite({ pages: 2 });
    const page = await api.json(
      200,
      'GET',
      `/api/v1/page?url=${encodeURIComponent('HTTP://site.example:80/p/./1?utm_source=x#top')}`,
    );
    expect(page).toMatchObject({ url: `${SEED}p/1`, section_count: 1, link_count: 1 });
    expect(page.parsed).toEqual({
      description: 'A staged page',
      language: 'en',
      sections: [
        {
          id: expect.stringMatching(/^[\da-f]{32}$/),
          type: 'main',
          path: 'main',
          heading: 'Welcome',
          label: null,
          anchor: 'welcome',
          text: '<b>x</b> xxxxxxxxxxx',
          summary: null,
        },
      ],
      links: [{ url: `${SEED}p/1`, fragment: '', text: 'One', role: 'link', section: 0 }],
    });
  });

  it('is returned as Markdown, with its text escaped', async () => {
    const { api } = await crawledSite({ pages: 2 });
    const response = await api.send('GET', `/api/v1/page?url=${SEED}p/1&format=markdown`);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/markdown; charset=utf-8');
    expect(await response.text()).toBe(`# Title of ${SEED}p/1

<${SEED}p/1>

> A staged page

## Welcome

\\<b\\>x\\</b\\> xxxxxxxxxxx
`);
  });

  it('is found under the URL that leads to it', async () => {
    const { api, task } = await crawledSite({ pages: 2 });
    await api.deps.graph.save(
      task.split('/').at(-1) ?? '',
      [],
      [{ url: `${SEED}old`, target: `${SEED}p/1` }],
    );
    expect(await api.json(200, 'GET', `/api/v1/page?url=${SEED}old`)).toMatchObject({ url: `${SEED}p/1` });
  });

  it.each([
    ['url=http://site.example/unknown', 404, 'page-not-found'],
    ['url=nonsense', 400, 'bad-url'],
    ['url=ftp://site.example/', 400, 'bad-url'],
    ['', 400, 'bad-request'],
    ['url=http://a/&url=http://b/', 400, 'bad-request'],
  ])('is not found by %s', async (query, status, code) => {
    const api = await ApiHarness.open();
    expect(await api.json(status, 'GET', `/api/v1/page?${query}`)).toMatchObject({ code });
  });
});
