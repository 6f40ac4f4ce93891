import { describe, expect, it } from 'vitest';
import { crawlOptions, openTestService } from '../support/crawled.ts';
import { startSite } from '../support/fixture-site.ts';
import { generatedSite } from '../support/generated-site.ts';
import { startReceiver } from '../support/webhook-receiver.ts';
import { within } from '../support/within.ts';

const SECRET = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
const SIZE = 30;

describe('webhooks of a crawl', { timeout: 60_000 }, () => {
  it('report its start, every page and its end, although the receiver is down for a while', async () => {
    await using receiver = await startReceiver((n) => (n < 2 ? 503 : 200));
    await using site = await startSite(generatedSite(SIZE));
    await using test = await openTestService();
    const { service } = test;
    const options = crawlOptions(site.url('/'), { sitemap: false, paginatedLists: 'all' });
    const events = ['started', 'page', 'completed'] as const;
    const webhook = { url: receiver.url, secret: SECRET, events };
    const { id } = await service.tasks.submit({ kind: 'crawl', queue: 'crawling', options, webhook });
    service.work({ queues: ['crawling'], concurrency: 1 });
    const told = within(
      'the end is told',
      (async () => {
        while (receiver.messages.at(-1)?.body.type !== 'completed')
          await receiver.received(receiver.messages.length + 1);
      })(),
      30_000,
    );
    await told;
    const taken = receiver.messages.slice(2);
    expect(taken[0]?.body).toMatchObject({ type: 'started', task_id: id, data: { url: site.url('/') } });
    const pages = taken.flatMap(({ body }) => (body.data['pages'] as { url: string }[] | undefined) ?? []);
    expect(pages).toHaveLength(SIZE);
    expect(new Set(pages.map(({ url }) => url)).size).toBe(SIZE);
    expect(taken.at(-1)?.body.data).toMatchObject({
      status: 'completed',
      counts: { done: SIZE, failed: 0 },
      result: { pages_crawled: SIZE },
    });
  });

  it('never slow it: a receiver that does not respond holds up nothing', async () => {
    await using silent = await startSite(() => {});
    await using site = await startSite(generatedSite(SIZE));
    await using test = await openTestService();
    const { service } = test;
    const options = crawlOptions(site.url('/'), { sitemap: false, paginatedLists: 'all' });
    const webhook = { url: silent.url('/hook'), secret: null, events: ['started', 'page'] } as const;
    const { id } = await service.tasks.submit({ kind: 'crawl', queue: 'crawling', options, webhook });
    service.work({ queues: ['crawling'], concurrency: 1 });
    await silent.requested(() => true, 20_000);
    const ended = async () => {
      for (;;) {
        const task = await service.tasks.get(id);
        if (task?.status === 'completed') return task;
      }
    };
    // The first request waits for its whole 10 s meanwhile.
    expect((await within('the crawl ends', ended(), 9000)).counts.done).toBe(SIZE);
    expect(silent.log).toHaveLength(1);
  });
});
