import { describe, expect, it } from 'vitest';
import type { Frontier, FrontierAmendment, FrontierLimits } from '../../../src/ports/frontier.ts';
import { NO_LIMITS, type OpenFrontiers } from './harness.ts';
import {
  claimAll,
  claimPage,
  claimPath,
  done,
  failed,
  found,
  lineOf,
  openCrawl,
  request,
  retry,
  statesOf,
  urlOf,
} from './moves.ts';

interface Change {
  readonly limits?: Partial<FrontierLimits>;
  /** Paths that start so are excluded. */
  readonly exclude?: string;
  readonly revision?: number;
}

function amendment({ limits = {}, exclude, revision = 1 }: Change): FrontierAmendment {
  const verdict = (url: string) =>
    exclude !== undefined && new URL(url).pathname.startsWith(exclude) ? 'excluded' : null;
  return { revision, limits: { ...NO_LIMITS, ...limits }, verdict };
}

function amend(crawl: Frontier, change: Change) {
  return crawl.amend(amendment(change));
}

/** New limits and rules for a crawl that has begun. */
export function amendmentsSuite(open: OpenFrontiers): void {
  describe('changing the rules', () => {
    it('skips pending URLs that a rule excludes, and includes them again when the rule is removed', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('/b/1', 1), found('/b/2', 1), found('/c', 1)]);
      await crawl.complete([retry(await claimPath(crawl, '/a'), harness.clock.now() + 1000)]);
      expect(await amend(crawl, { exclude: '/b/' })).toEqual({ skipped: 2, restored: 0 });
      expect(await statesOf(crawl)).toEqual({
        '/a': 'pending timeout',
        '/b/1': 'skipped excluded',
        '/b/2': 'skipped excluded',
        '/c': 'pending',
      });
      expect(await crawl.counts()).toMatchObject({ found: 4, pending: 2, skipped: 2 });
      expect(await crawl.reasons()).toEqual({ excluded: 2 });
      expect(await amend(crawl, { revision: 2 })).toEqual({ skipped: 0, restored: 2 });
      expect(await crawl.reasons()).toEqual({});
      await harness.clock.advance(1000);
      expect(await claimAll(crawl)).toEqual(['/a', '/b/1', '/b/2', '/c'].map(urlOf));
    });

    it('takes in what an excluding rule has kept out from the start, at its depth and host', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxDepth: 3 });
      await crawl.add([
        found('/x', 2, { skip: 'excluded' }),
        found('//b.test/y', 3, { skip: 'excluded' }),
        found('/far', 4, { skip: 'excluded' }),
        found('//other.test/', 1, { skip: 'out-of-scope' }),
        found('/y', 2),
      ]);
      await crawl.add([found('//b.test/y', 1, { skip: 'excluded' })]);
      expect(await amend(crawl, { limits: { maxDepth: 3 } })).toEqual({ skipped: 0, restored: 2 });
      expect((await statesOf(crawl))['/far']).toBe('skipped too-deep');
      expect((await statesOf(crawl))['http://other.test/']).toBe('skipped out-of-scope');
      const first = await claimPage(crawl);
      expect(first).toMatchObject({ url: 'http://b.test/y', host: 'b.test', depth: 1 });
      expect(await claimAll(crawl)).toEqual([urlOf('/x'), urlOf('/y')]);
    });

    it('leaves pages that are done, have failed or are being visited, and the seed', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([
        found('/b/seed', 0, { by: 'seed' }),
        found('/b/done', 0),
        found('/b/failed', 0),
        found('/b/open', 0),
      ]);
      const [seed, one, two] = [await claimPage(crawl), await claimPage(crawl), await claimPage(crawl)];
      await crawl.complete([done(one), failed(two)]);
      await claimPath(crawl, '/b/open');
      await crawl.release([seed], 0);
      expect(await amend(crawl, { exclude: '/b/' })).toEqual({ skipped: 0, restored: 0 });
      expect(await statesOf(crawl)).toEqual({
        '/b/seed': 'pending',
        '/b/done': 'done',
        '/b/failed': 'failed http-status',
        '/b/open': 'active',
      });
    });

    it('does not visit a page again that is done and ruled out', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxDepth: 3 });
      await crawl.add([found('/b/p', 3), found('/q', 3)]);
      await crawl.complete([done(await claimPath(crawl, '/b/p'))]);
      await crawl.add([found('/b/p', 1)]);
      expect(await amend(crawl, { limits: { maxDepth: 3 }, exclude: '/b/' })).toEqual({
        skipped: 0,
        restored: 0,
      });
      expect(await statesOf(crawl)).toEqual({ '/b/p': 'done', '/q': 'pending' });
      expect(await claimAll(crawl)).toEqual([urlOf('/q')]);
    });

    it('applies the depth to what is queued, both ways', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxDepth: 2 });
      await crawl.add([found('/1', 1), found('/2', 2), found('/3', 3), found('/4', 4)]);
      expect(await amend(crawl, { limits: { maxDepth: 1 } })).toEqual({ skipped: 1, restored: 0 });
      expect((await lineOf(crawl, '/2')).reason).toBe('too-deep');
      const deeper = { limits: { maxDepth: 3 }, revision: 2 };
      expect(await amend(crawl, deeper)).toEqual({ skipped: 0, restored: 2 });
      expect(await amend(crawl, { limits: { maxDepth: null }, revision: 3 })).toEqual({
        skipped: 0,
        restored: 1,
      });
      expect(await claimAll(crawl)).toEqual(['/1', '/2', '/3', '/4'].map(urlOf));
    });

    it('holds for what is found afterwards', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await amend(crawl, { limits: { maxDepth: 1 } });
      await crawl.add([found('/1', 1), found('/2', 2)]);
      expect(await statesOf(crawl)).toEqual({ '/1': 'pending', '/2': 'skipped too-deep' });
    });

    it('raises the limit of pages, also where it has ended the crawl', async () => {
      await using harness = await open();
      const crawl = await harness.store.open('crawl', { ...NO_LIMITS, maxPages: 1 });
      await crawl.add([found('/a'), found('/b'), found('/c')]);
      await crawl.complete([done(await claimPath(crawl, '/a'))]);
      expect([await crawl.isFinished(), await crawl.closeReason()]).toEqual([true, 'limit-pages']);
      await amend(crawl, { limits: { maxPages: 2 } });
      expect([await crawl.isFinished(), await crawl.closeReason()]).toEqual([false, null]);
      expect(await crawl.counts()).toEqual({
        found: 3,
        done: 1,
        failed: 0,
        skipped: 0,
        pending: 2,
        active: 0,
      });
      const b = await claimPath(crawl, '/b');
      expect((await crawl.complete([done(b)])).finished).toBe(true);
      expect(await statesOf(crawl)).toEqual({ '/a': 'done', '/b': 'done', '/c': 'skipped limit-pages' });
    });

    it('lowers the limit of pages below what is done: nothing more is visited, nothing is lost', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('/b'), found('/c')]);
      await crawl.complete([done(await claimPath(crawl, '/a')), done(await claimPath(crawl, '/b'))]);
      await amend(crawl, { limits: { maxPages: 1 } });
      expect(await crawl.counts()).toMatchObject({ done: 2, skipped: 1, pending: 0 });
      expect(await crawl.closeReason()).toBe('limit-pages');
      expect(await crawl.claim(request())).toEqual({ kind: 'finished' });
    });

    it('does not go on with a crawl that was ended otherwise', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a')]);
      await crawl.close('limit-time');
      await amend(crawl, { limits: { maxPages: 5 } });
      expect([await crawl.isFinished(), await crawl.closeReason()]).toEqual([true, 'limit-time']);
    });

    it('is done once, and again only if pages were being visited meanwhile', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('/b/1')]);
      const a = await claimPath(crawl, '/a');
      expect(await amend(crawl, { exclude: '/b/' })).toEqual({ skipped: 1, restored: 0 });
      await crawl.complete([done(a, [found('/b/2', 1)])]);
      expect(await amend(crawl, { exclude: '/b/' })).toEqual({ skipped: 1, restored: 0 });
      expect(await statesOf(crawl)).toEqual({
        '/a': 'done',
        '/b/1': 'skipped excluded',
        '/b/2': 'skipped excluded',
      });
      expect(await amend(crawl, {})).toEqual({ skipped: 0, restored: 0 });
      expect(await crawl.isFinished()).toBe(true);
    });

    it('goes through thousands of URLs in steps, and leaves no claim that must pass over them all', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      const half = 4000;
      await crawl.add(Array.from({ length: half }, (_, n) => found(`/b/${n}`, 0)));
      await crawl.add(Array.from({ length: half }, (_, n) => found(`/c/${n}`, 1)));
      expect(await amend(crawl, { exclude: '/b/' })).toEqual({ skipped: half, restored: 0 });
      expect(await crawl.counts()).toMatchObject({ found: 2 * half, pending: half, skipped: half });
      expect((await claimPage(crawl)).url).toBe(urlOf('/c/0'));
      expect((await claimPage(crawl)).url).toBe(urlOf('/c/1'));
      expect(await amend(crawl, { revision: 2 })).toEqual({ skipped: 0, restored: half });
      expect((await claimPage(crawl)).url).toBe(urlOf('/b/0'));
    });
  });
}
