import { describe, expect, it } from 'vitest';
import { RedisFrontierStore } from '../../../src/drivers/redis/frontier.ts';
import type { Discovery } from '../../../src/model/frontier-url.ts';
import type { Frontier } from '../../../src/ports/frontier.ts';
import { NO_LIMITS } from '../../conformance/frontier/harness.ts';
import {
  claimAll,
  claimPage,
  done,
  found,
  ledgerOf,
  openCrawl,
  request,
  retry,
  urlOf,
} from '../../conformance/frontier/moves.ts';
import { frontierSuite } from '../../conformance/frontier.suite.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { RedisSpace, withRedis } from './redis-under-test.ts';

await withRedis('frontier: redis', (redis) => {
  frontierSuite('redis', async () => {
    const clock = new SimulatedClock();
    const space = new RedisSpace(redis);
    return {
      clock,
      get store() {
        return new RedisFrontierStore(space.client, clock, space.namespace);
      },
      reopen: () => space.reopen(),
      [Symbol.asyncDispose]: () => space[Symbol.asyncDispose](),
    };
  });

  function openStore(space: RedisSpace): RedisFrontierStore {
    return new RedisFrontierStore(space.client, new SimulatedClock(), space.namespace);
  }

  describe('pause and cancel', () => {
    it('are read by the claim, and resume lets it go on', async () => {
      await using space = new RedisSpace(redis);
      const crawl = await openCrawl(openStore(space));
      await crawl.add([found('/a')]);
      await setControl(space, 'paused');
      expect(await crawl.claim(request())).toEqual({ kind: 'paused' });
      await setControl(space, 'running');
      const claim = await claimPage(crawl);
      await setControl(space, 'cancelled');
      expect(await crawl.claim(request())).toEqual({ kind: 'cancelled' });
      expect(await crawl.isFinished()).toBe(true);
      expect(await crawl.complete([done(claim)])).toMatchObject({ lost: [], finished: true });
    });

    it('hold for a crawl that is opened afterwards', async () => {
      await using space = new RedisSpace(redis);
      await setControl(space, 'paused');
      const crawl = await openCrawl(openStore(space));
      await crawl.add([found('/a')]);
      expect(await crawl.claim(request())).toEqual({ kind: 'paused' });
    });
  });

  describe('keys', () => {
    it('of a crawl lie in one hash slot', async () => {
      await using space = new RedisSpace(redis);
      await fillEverything(await openCrawl(openStore(space)));
      const keys = await space.keys();
      const root = `${space.namespace}:{crawl}`;
      expect(keys.filter((key) => key !== root && !key.startsWith(`${root}:`))).toEqual([]);
      const names = new Set(keys.map((key) => key.slice(root.length).split(':')[1]));
      const expected = ['active', 'hosts', 'identity', 'index', 'leases', 'queue', 'queues'];
      expect([...names].filter((name) => name !== undefined).sort()).toEqual([
        ...expected,
        'reasons',
        'urls',
        'waiting',
      ]);
    });

    it('are deleted when a crawl was dropped, and late workers create none', async () => {
      await using space = new RedisSpace(redis);
      const store = openStore(space);
      const crawl = await store.open('crawl', NO_LIMITS);
      await fillEverything(crawl);
      const claim = await claimPage(crawl);
      await store.drop('crawl');
      expect(await space.keys()).toEqual([]);
      const late = [
        crawl.add([found('/late')]),
        crawl.claim(request()),
        crawl.complete([done(claim)]),
        crawl.release([claim], 0),
        crawl.extend([claim], 1),
        crawl.releaseOwner('tester'),
        crawl.close('cancelled'),
        crawl.identify([{ url: urlOf('/'), looseKey: '', contentHash: '' }]),
        crawl.counts(),
      ];
      for (const call of late) await expect(call).rejects.toMatchObject({ code: 'storage-failed' });
      expect(await space.keys()).toEqual([]);
    });

    it('of a crawl whose drop broke off are deleted before it is opened anew', async () => {
      await using space = new RedisSpace(redis);
      const store = openStore(space);
      await (await openCrawl(store)).add(manyPages(300));
      await space.client.hset(`${space.namespace}:{crawl}`, 'dropping', 1);
      const anew = await openCrawl(store);
      expect(await anew.counts()).toMatchObject({ found: 0 });
      expect(await anew.add([found('/0')])).toEqual({ added: 1, seen: 0, overflow: 0 });
    });

    it('P6: of a finished crawl all expire, those too that late workers make', async () => {
      await using space = new RedisSpace(redis);
      const store = openStore(space);
      const crawl = await store.open('crawl', NO_LIMITS);
      await crawl.add(manyPages(100));
      await store.expire('crawl', 3600);
      await fillEverything(crawl);
      const keys = await space.keys();
      expect(keys).toContain(`${space.namespace}:{crawl}:urls:1`);
      const times = await Promise.all(keys.map((key) => space.client.pexpiretime(key)));
      expect(new Set(times).size).toBe(1);
      const [now] = await space.client.time();
      expect((times[0] ?? 0) / 1000 - Number(now)).toBeGreaterThan(3500);
      expect((times[0] ?? 0) / 1000 - Number(now)).toBeLessThan(3601);
    });

    it('of an unknown crawl can be dropped and expired', async () => {
      await using space = new RedisSpace(redis);
      const store = openStore(space);
      await store.drop('unknown');
      await store.expire('unknown', 10);
      expect(await space.keys()).toEqual([]);
    });
  });

  describe('many URLs', () => {
    it('P6: take at most 300 bytes of memory each', async () => {
      await using space = new RedisSpace(redis);
      const crawl = await openStore(space).open('crawl', NO_LIMITS);
      const urls = 20_000;
      await crawl.add(manyPages(urls));
      const sizes = (await space.keys()).map((key) => space.client.memory('USAGE', key, 'SAMPLES', 0));
      const bytes = (await Promise.all(sizes)).reduce<number>((sum, size) => sum + (size ?? 0), 0);
      expect(bytes / urls).toBeLessThan(300);
    });

    it('that few have a state can be read by it', async () => {
      await using space = new RedisSpace(redis);
      const crawl = await openStore(space).open('crawl', NO_LIMITS);
      const urls = 25_000;
      await crawl.add(manyPages(urls));
      await crawl.add([found('/last', 0, { skip: 'robots' })]);
      const rows = await ledgerOf(crawl, { state: 'skipped' });
      expect(rows.map(({ url }) => url)).toEqual([urlOf('/last')]);
      expect(await ledgerOf(crawl, { limit: 9000 })).toHaveLength(urls + 1);
    });

    it('that were met on a shorter path are handed out once and in their new order', async () => {
      await using space = new RedisSpace(redis);
      const crawl = await openCrawl(openStore(space), { maxDepth: 9 });
      const pages = manyPages(200);
      await crawl.add([...pages.map((page) => ({ ...page, depth: 5 })), found('/deep', 5), found('/top', 1)]);
      await crawl.add(pages.map((page) => ({ ...page, depth: 2 })));
      const expected = [urlOf('/top'), ...pages.map(({ url }) => url), urlOf('/deep')];
      expect(await claimAll(crawl)).toEqual(expected);
    });
  });

  it('runs on a Redis that has forgotten our scripts', async () => {
    await using space = new RedisSpace(redis);
    const crawl = await openCrawl(openStore(space));
    await crawl.add([found('/a')]);
    await space.client.script('FLUSH');
    expect((await claimPage(crawl)).url).toBe(urlOf('/a'));
  });
});

/** As `task-control.lua` does for a task. */
async function setControl({ client, namespace }: RedisSpace, control: string): Promise<void> {
  await client.hset(`${namespace}:{crawl}`, 'control', control);
}

function manyPages(pages: number): Discovery[] {
  return Array.from({ length: pages }, (_, n) =>
    found(`/library/chapter/page-with-a-name-of-some-length-${n}`),
  );
}

/** Brings a crawl to where it has every kind of key. */
async function fillEverything(crawl: Frontier): Promise<void> {
  await crawl.add([found('/a'), found('/b'), found('/c'), found('/d'), found('/x', 0, { skip: 'robots' })]);
  await crawl.add(manyPages(200).map((page) => ({ ...page, depth: 3 })));
  const [a, b, c] = [await claimPage(crawl), await claimPage(crawl), await claimPage(crawl)];
  await crawl.complete([done(a), retry(b, 2_000_000_000_000)]);
  await crawl.release([c], 0);
  await claimPage(crawl);
  await crawl.releaseOwner('tester');
  await claimPage(crawl, { owner: 'other' });
  await crawl.identify([{ url: a.url, looseKey: 'a', contentHash: 'x' }]);
}
