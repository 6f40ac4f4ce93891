import { describe, expect, it } from 'vitest';
import { ApiHarness } from '../../support/api-harness.ts';
import { allItems, crawledSite } from '../../support/crawled-site.ts';

describe('the ledger of a crawl', () => {
  it('lists every URL with its state and reason', async () => {
    const { api, task } = await crawledSite({ pages: 3, foreign: 2 });
    const rows = await allItems(api, `${task}/ledger?limit=2`, 'urls');
    expect(rows).toHaveLength(5);
    expect(rows[4]).toEqual({
      url: 'http://other.example/1',
      state: 'skipped',
      reason: 'out-of-scope',
      detail: null,
      target: null,
      depth: 1,
      by: 'link',
      found_on: null,
      attempts: 0,
    });
  });

  it('lists those of one state alone', async () => {
    const { api, task } = await crawledSite({ pages: 3, foreign: 2 });
    expect(await allItems(api, `${task}/ledger?limit=2&state=done`, 'urls')).toHaveLength(3);
    expect(await allItems(api, `${task}/ledger?state=skipped`, 'urls')).toHaveLength(2);
    expect(await api.json(400, 'GET', `${task}/ledger?state=gone`)).toMatchObject({ code: 'bad-request' });
  });

  it('is empty before the crawl has begun', async () => {
    const api = await ApiHarness.open();
    const { id } = await api.submit();
    expect((await api.json(200, 'GET', `/api/v1/tasks/${id}/ledger`)).urls).toEqual([]);
  });
});

describe('the reasons of a crawl', () => {
  it('are counted, in words', async () => {
    const { api, task } = await crawledSite({ pages: 1, foreign: 2 });
    expect(await api.json(200, 'GET', `${task}/reasons`)).toEqual({
      reasons: [
        {
          reason: 'out-of-scope',
          state: 'skipped',
          title: 'Another host than the one the crawl started at',
          count: 2,
        },
      ],
    });
  });

  it('are none before the crawl has begun', async () => {
    const api = await ApiHarness.open();
    const { id } = await api.submit();
    expect(await api.json(200, 'GET', `/api/v1/tasks/${id}/reasons`)).toEqual({ reasons: [] });
  });
});
