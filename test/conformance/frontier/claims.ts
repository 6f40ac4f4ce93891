import { describe, expect, it } from 'vitest';
import type { OpenFrontiers } from './harness.ts';
import {
  claimAll,
  claimPage,
  claimPath,
  done,
  failed,
  found,
  LEASE_MS,
  lineOf,
  openCrawl,
  request,
  retry,
  statesOf,
  urlOf,
} from './moves.ts';

/** What may be claimed, when, and by whom. */
export function claimsSuite(open: OpenFrontiers): void {
  describe('adding', () => {
    it('holds each URL once', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      const report = await crawl.add([found('/a'), found('/b'), found('/a'), found('/c', 1)]);
      expect(report).toEqual({ added: 3, seen: 1, overflow: 0 });
      expect(await crawl.add([found('/b'), found('/d')])).toEqual({ added: 1, seen: 1, overflow: 0 });
      expect(await crawl.counts()).toMatchObject({ found: 4, pending: 4 });
    });

    it('records what a rule keeps out as skipped with the reason', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('//other.test/', 1, { skip: 'out-of-scope' })]);
      expect(await crawl.counts()).toMatchObject({ found: 2, pending: 1, skipped: 1 });
      expect(await claimAll(crawl)).toEqual([urlOf('/a')]);
      expect((await statesOf(crawl))['http://other.test/']).toBe('skipped out-of-scope');
    });

    it('drops and counts what is more than a crawl may know', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxUrls: 3 });
      expect(await crawl.add([found('/a'), found('/b')])).toEqual({ added: 2, seen: 0, overflow: 0 });
      const report = await crawl.add([found('/a'), found('/c'), found('/d'), found('/e'), found('/b')]);
      expect(report).toEqual({ added: 1, seen: 2, overflow: 2 });
      expect(await crawl.counts()).toMatchObject({ found: 3, pending: 3 });
    });
  });

  describe('claiming', () => {
    it('hands out the shallowest first, then in the order of discovery', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/deep', 2), found('//b.test/1', 1), found('/1', 1), found('//b.test/2', 1)]);
      await crawl.add([found('/top', 0), found('/2', 1)]);
      const expected = ['/top', '//b.test/1', '/1', '//b.test/2', '/2', '/deep'];
      expect(await claimAll(crawl)).toEqual(expected.map(urlOf));
    });

    it('contains everything about the visit', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('//site.test:8080/a', 3)]);
      const claim = await claimPage(crawl);
      expect(claim).toMatchObject({
        url: 'http://site.test:8080/a',
        host: 'site.test:8080',
        depth: 3,
        attempt: 1,
      });
      expect(claim.lease).not.toBe('');
    });

    it('leaves out hosts that may not be visited now', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('//a.test/'), found('//b.test/', 1), found('//c.test/', 2)]);
      expect((await claimPage(crawl, { exceptHosts: ['a.test'] })).url).toBe('http://b.test/');
      expect((await claimPage(crawl, { exceptHosts: ['a.test', 'b.test'] })).url).toBe('http://c.test/');
      const answer = await crawl.claim(request({ exceptHosts: ['a.test'] }));
      expect(answer).toEqual({ kind: 'wait', retryAt: null });
      expect((await claimPage(crawl)).url).toBe('http://a.test/');
    });

    it('hands out several at once, those that come first', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxPages: 4 });
      const paths = ['//a.test/1', '//b.test/1', '//a.test/2', '//a.test/3', '//b.test/2'];
      await crawl.add(paths.map((path, n) => found(path, n === 1 ? 2 : 1)));
      const answer = await crawl.claim(request({ limit: 3 }));
      if (answer.kind !== 'pages') throw new Error(`there should be pages to claim, not ${answer.kind}`);
      expect(answer.claims.map(({ url }) => url)).toEqual([
        'http://a.test/1',
        'http://a.test/2',
        'http://a.test/3',
      ]);
      expect(await claimAll(crawl, { limit: 9 })).toEqual(['http://b.test/2']);
      expect(await crawl.counts()).toMatchObject({ active: 4, pending: 1 });
      await crawl.complete(answer.claims.map((claim) => done(claim)));
      expect(await crawl.counts()).toMatchObject({ active: 1, done: 3 });
    });

    it('returns wait while pages are in progress, and finished when all are complete', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a')]);
      expect(await crawl.isFinished()).toBe(false);
      const a = await claimPath(crawl, '/a');
      expect(await crawl.claim(request())).toEqual({ kind: 'wait', retryAt: null });
      expect(await crawl.isFinished()).toBe(false);
      const halfway = await crawl.complete([done(a, [found('/b', 1)])]);
      expect(halfway).toMatchObject({ finished: false, lost: [], counts: { done: 1, pending: 1 } });
      const b = await claimPath(crawl, '/b');
      expect(await crawl.complete([failed(b)])).toEqual({
        finished: true,
        lost: [],
        counts: { found: 2, done: 1, failed: 1, skipped: 0, pending: 0, active: 0 },
      });
      expect(await crawl.claim(request())).toEqual({ kind: 'finished' });
      expect([await crawl.isFinished(), await crawl.closeReason()]).toEqual([true, null]);
    });

    it('never hands a page to two of those who claim at once', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add(Array.from({ length: 100 }, (_, n) => found(`/${n}`)));
      const claimed = (await Promise.all(Array.from({ length: 16 }, () => claimAll(crawl)))).flat();
      expect(claimed).toHaveLength(100);
      expect(new Set(claimed).size).toBe(100);
    });
  });

  describe('leases', () => {
    it('run out; the page is handed out again and the visit counts', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a')]);
      const first = await claimPage(crawl);
      await harness.clock.advance(LEASE_MS - 1);
      expect((await crawl.claim(request())).kind).toBe('wait');
      await harness.clock.advance(2);
      const second = await claimPage(crawl);
      expect(second).toMatchObject({ url: first.url, attempt: 2 });
      expect(second.lease).not.toBe(first.lease);
    });

    it('are kept by extending them', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('/b')]);
      const [a, b] = [await claimPage(crawl), await claimPage(crawl)];
      await harness.clock.advance(LEASE_MS - 1);
      expect(await crawl.extend([a], LEASE_MS)).toEqual([]);
      await harness.clock.advance(2);
      expect(await claimAll(crawl)).toEqual([b.url]);
      expect(await crawl.extend([a, b], LEASE_MS)).toEqual([b.url]);
      expect((await crawl.complete([done(a)])).lost).toEqual([]);
    });

    it('that have passed to someone else change nothing and are reported as lost', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a')]);
      const late = await claimPage(crawl);
      await harness.clock.advance(LEASE_MS + 1);
      const holder = await claimPage(crawl, { owner: 'other' });
      const before = await crawl.counts();
      const report = await crawl.complete([done(late, [found('/new', 1)])]);
      expect(report).toEqual({ counts: before, finished: false, lost: [late.url] });
      await crawl.release([late], 0);
      expect(await crawl.counts()).toEqual(before);
      expect(await crawl.complete([done(holder)])).toMatchObject({ lost: [], finished: true });
      expect((await crawl.complete([failed(holder)])).lost).toEqual([holder.url]);
      expect(await statesOf(crawl)).toEqual({ '/a': 'done' });
    });

    it('of other URLs do not count', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('/b')]);
      const [a, b] = [await claimPage(crawl), await claimPage(crawl)];
      const swapped = { ...a, lease: b.lease };
      const unknown = { ...a, url: urlOf('/unknown') };
      expect((await crawl.complete([done(swapped), done(unknown)])).lost).toEqual([a.url, unknown.url]);
      expect(await crawl.counts()).toMatchObject({ found: 2, active: 2 });
    });

    it('of a dead owner are handed back together, those of others are not', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('/b'), found('/c')]);
      const a = await claimPage(crawl, { owner: 'dead' });
      const b = await claimPage(crawl, { owner: 'alive' });
      const c = await claimPage(crawl, { owner: 'dead' });
      expect(await crawl.releaseOwner('dead')).toBe(2);
      expect(await crawl.releaseOwner('dead')).toBe(0);
      expect(await crawl.counts()).toMatchObject({ pending: 2, active: 1 });
      expect(await crawl.extend([a, b, c], LEASE_MS)).toEqual([a.url, c.url]);
      expect(await claimAll(crawl)).toEqual([a.url, c.url]);
    });
  });

  describe('another visit', () => {
    it('is not made before its time, which a claim names', async () => {
      await using harness = await open();
      const { clock } = harness;
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('/b')]);
      const [a, b] = [await claimPage(crawl), await claimPage(crawl)];
      const now = clock.now();
      await crawl.complete([retry(a, now + 5000), retry(b, now + 2000)]);
      expect(await lineOf(crawl, '/a')).toMatchObject({
        state: 'pending',
        reason: 'timeout',
        detail: 'no answer',
        attempts: 1,
      });
      expect(await crawl.claim(request())).toEqual({ kind: 'wait', retryAt: now + 2000 });
      await clock.advance(2000);
      expect(await claimPage(crawl)).toMatchObject({ url: b.url, attempt: 2 });
      expect(await crawl.claim(request())).toEqual({ kind: 'wait', retryAt: now + 5000 });
      await clock.advance(3000);
      const again = await claimPage(crawl);
      expect(again).toMatchObject({ url: a.url, attempt: 2 });
      await crawl.complete([failed(again)]);
      expect(await lineOf(crawl, '/a')).toMatchObject({
        state: 'failed',
        reason: 'http-status',
        detail: 'status 500',
        attempts: 2,
      });
    });

    it('after a release does not count the attempt', async () => {
      await using harness = await open();
      const { clock } = harness;
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a')]);
      const a = await claimPage(crawl);
      await crawl.release([a], clock.now() + 300);
      expect(await crawl.claim(request())).toEqual({ kind: 'wait', retryAt: clock.now() + 300 });
      await clock.advance(300);
      const again = await claimPage(crawl);
      expect(again.attempt).toBe(1);
      await crawl.release([again], 0);
      expect((await claimPage(crawl)).attempt).toBe(1);
    });
  });
}
