import { describe, expect, it } from 'vitest';
import type { OpenFrontiers } from './harness.ts';
import { NO_LIMITS } from './harness.ts';
import {
  claimAll,
  claimPage,
  claimPath,
  done,
  failed,
  found,
  ledgerOf,
  openCrawl,
  request,
  retry,
  statesOf,
  urlOf,
} from './moves.ts';

/** The records of URLs and crawls, and what survives the process. */
export function ledgerSuite(open: OpenFrontiers): void {
  describe('the ledger', () => {
    it('shows how each URL was discovered and what became of it', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/', 0, { by: 'seed' }), found('/map', 1, { by: 'sitemap' })]);
      const front = await claimPath(crawl, '/');
      await crawl.complete([done(front, [found('/pic.png', 1, { foundOn: urlOf('/') })])]);
      await crawl.complete([failed(await claimPath(crawl, '/map'))]);
      const picture = await claimPath(crawl, '/pic.png');
      await crawl.complete([{ kind: 'skipped', claim: picture, reason: 'duplicate', target: urlOf('/') }]);
      const nothing = { reason: null, detail: null, target: null };
      expect(await ledgerOf(crawl)).toEqual([
        { ...nothing, url: urlOf('/'), state: 'done', depth: 0, by: 'seed', foundOn: null, attempts: 1 },
        {
          url: urlOf('/map'),
          state: 'failed',
          reason: 'http-status',
          detail: 'status 500',
          target: null,
          depth: 1,
          by: 'sitemap',
          foundOn: null,
          attempts: 1,
        },
        {
          url: urlOf('/pic.png'),
          state: 'skipped',
          reason: 'duplicate',
          detail: null,
          target: urlOf('/'),
          depth: 1,
          by: 'link',
          foundOn: urlOf('/'),
          attempts: 1,
        },
      ]);
    });

    it('holds the HTTP status of a page that failed with one', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('/b')]);
      await crawl.complete([failed(await claimPath(crawl, '/a'), 'http-status', 410)]);
      await crawl.complete([failed(await claimPath(crawl, '/b'))]);
      expect((await ledgerOf(crawl)).map(({ status }) => status)).toEqual([410, undefined]);
    });

    it('shows every URL exactly once, by pages, while URLs are added and completed', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add(Array.from({ length: 40 }, (_, n) => found(`/${n}`)));
      const seen: string[] = [];
      let known = 40;
      let cursor: string | null = null;
      do {
        const links = [found(`/${known++}`, 1), found(`/${known++}`, 1)];
        await crawl.complete([done(await claimPage(crawl), links)]);
        const page = await crawl.ledger({ cursor, limit: 7, state: null });
        expect(page.rows.length).toBeLessThanOrEqual(7);
        seen.push(...page.rows.map(({ url }) => url));
        cursor = page.next;
      } while (cursor !== null);
      expect(seen.sort()).toEqual(Array.from({ length: known }, (_, n) => urlOf(`/${n}`)).sort());
    });

    it('can be read by state', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add(['/a', '/b', '/c', '/d', '/e'].map((path) => found(path)));
      await crawl.complete([done(await claimPage(crawl)), failed(await claimPage(crawl))]);
      await crawl.complete([retry(await claimPage(crawl), harness.clock.now() + 1000)]);
      await claimPage(crawl);
      await crawl.add([found('/x', 0, { skip: 'robots' })]);
      const pathsIn = async (state: 'pending' | 'active' | 'done' | 'failed' | 'skipped') =>
        (await ledgerOf(crawl, { state, limit: 1 })).map(({ url }) => new URL(url).pathname);
      expect(await pathsIn('done')).toEqual(['/a']);
      expect(await pathsIn('failed')).toEqual(['/b']);
      expect(await pathsIn('active')).toEqual(['/d']);
      expect((await pathsIn('pending')).sort()).toEqual(['/c', '/e']);
      expect(await pathsIn('skipped')).toEqual(['/x']);
      await crawl.close('cancelled');
      expect(await pathsIn('pending')).toEqual([]);
      expect((await pathsIn('skipped')).sort()).toEqual(['/c', '/e', '/x']);
    });

    it('refuses a cursor that is not one of its own', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await expect(crawl.ledger({ cursor: "1' OR 1", limit: 10, state: null })).rejects.toMatchObject({
        code: 'bad-cursor',
      });
    });

    it('counts the reasons of final states', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      expect(await crawl.reasons()).toEqual({});
      await crawl.add([found('/a'), found('/b'), found('/c'), found('/d')]);
      await crawl.add([found('/x', 0, { skip: 'robots' }), found('/y', 0, { skip: 'robots' })]);
      await crawl.complete([done(await claimPage(crawl)), failed(await claimPage(crawl), 'dns')]);
      expect(await crawl.reasons()).toEqual({ robots: 2, dns: 1 });
      await crawl.close('limit-time');
      expect(await crawl.reasons()).toEqual({ robots: 2, dns: 1, 'limit-time': 2 });
    });

    it('of a crawl can be read without opening it, and is empty for an unknown one', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, {}, 'known');
      await crawl.add([found('/a'), found('/b')]);
      const query = { cursor: null, limit: 10, state: null };
      expect(await harness.store.ledger('known', query)).toEqual(await crawl.ledger(query));
      expect(await harness.store.ledger('unknown', query)).toEqual({ rows: [], next: null });
    });
  });

  describe('crawls', () => {
    it('do not touch each other', async () => {
      await using harness = await open();
      const one = await openCrawl(harness.store, { maxPages: 1 }, 'one');
      const two = await openCrawl(harness.store, {}, 'two');
      await one.add([found('/a'), found('/b')]);
      await two.add([found('/a'), found('/c')]);
      const claim = await claimPath(one, '/a');
      expect((await two.complete([done(claim)])).lost).toEqual([claim.url]);
      await one.complete([done(claim)]);
      expect(await one.isFinished()).toBe(true);
      expect(await two.counts()).toMatchObject({ found: 2, pending: 2 });
      const page = { url: urlOf('/a'), looseKey: 'a', contentHash: 'x' };
      await one.identify([page]);
      expect(await two.identify([{ ...page, url: urlOf('/a/') }])).toEqual([urlOf('/a/')]);
      expect(await claimAll(two, { owner: 'two' })).toEqual([urlOf('/a'), urlOf('/c')]);
      expect([await one.releaseOwner('two'), await two.releaseOwner('two')]).toEqual([0, 2]);
      await two.close('cancelled');
      expect(await one.closeReason()).toBe('limit-pages');
    });

    it('are forgotten when they are dropped, others are not', async () => {
      await using harness = await open();
      const kept = await openCrawl(harness.store, {}, 'kept');
      const dropped = await openCrawl(harness.store, {}, 'dropped');
      await kept.add([found('/a')]);
      await dropped.add([found('/a')]);
      await dropped.identify([{ url: urlOf('/a'), looseKey: 'a', contentHash: 'x' }]);
      await dropped.close('cancelled');
      await harness.store.drop('dropped');
      await harness.store.drop('never known');
      expect(await harness.store.ledger('dropped', { cursor: null, limit: 10, state: null })).toEqual({
        rows: [],
        next: null,
      });
      const anew = await openCrawl(harness.store, {}, 'dropped');
      expect([await anew.counts(), await anew.closeReason()]).toMatchObject([{ found: 0 }, null]);
      expect(await anew.identify([{ url: urlOf('/b'), looseKey: 'a', contentHash: 'x' }])).toEqual([
        urlOf('/b'),
      ]);
      expect(await statesOf(kept)).toEqual({ '/a': 'pending' });
    });

    it('are the same when they are opened again', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('/b'), found('/c'), found('/d', 1)]);
      await crawl.complete([done(await claimPath(crawl, '/a'))]);
      const open1 = await claimPath(crawl, '/b');
      await crawl.complete([retry(await claimPath(crawl, '/c'), harness.clock.now() + 1000)]);
      const before = [await crawl.counts(), await ledgerOf(crawl), await crawl.reasons()];
      await harness.reopen();
      const again = await openCrawl(harness.store);
      expect([await again.counts(), await ledgerOf(again), await again.reasons()]).toEqual(before);
      expect((await claimPage(again)).url).toBe(urlOf('/d'));
      expect(await again.claim(request())).toEqual({ kind: 'wait', retryAt: harness.clock.now() + 1000 });
      expect((await again.complete([done(open1)])).lost).toEqual([]);
    });

    it('that are opened twice share one state, under the limits that were given last', async () => {
      await using harness = await open();
      const one = await harness.store.open('crawl', NO_LIMITS);
      await one.add([found('/a'), found('/b')]);
      const two = await harness.store.open('crawl', { ...NO_LIMITS, maxPages: 1 });
      expect((await two.complete([done(await claimPage(one))])).finished).toBe(true);
      expect(await one.closeReason()).toBe('limit-pages');
    });
  });
}
