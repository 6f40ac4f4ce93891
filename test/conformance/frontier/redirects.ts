import { describe, expect, it } from 'vitest';
import type { OpenFrontiers } from './harness.ts';
import {
  claimAll,
  claimPath,
  done,
  found,
  LEASE_MS,
  lineOf,
  openCrawl,
  redirected,
  retry,
  statesOf,
  urlOf,
} from './moves.ts';

/** A claim of `/from` that ends on `/to`. */
export function redirectsSuite(open: OpenFrontiers): void {
  const merged = { '/from': 'skipped redirect', '/to': 'done' };

  describe('a redirect', () => {
    it('to an unseen page adds it', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/from', 1)]);
      const from = await claimPath(crawl, '/from');
      const report = await crawl.complete([redirected(from, '//other.test/to', [found('/next', 2)])]);
      expect(report.counts).toEqual({ found: 3, done: 1, failed: 0, skipped: 1, pending: 1, active: 0 });
      expect(await lineOf(crawl, '/from')).toMatchObject({ target: 'http://other.test/to' });
      expect(await lineOf(crawl, '//other.test/to')).toMatchObject({
        state: 'done',
        by: 'redirect',
        foundOn: urlOf('/from'),
        target: null,
      });
      expect(await claimAll(crawl)).toEqual([urlOf('/next')]);
    });

    it('to a page that is queued completes that one', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/from'), found('/to')]);
      const from = await claimPath(crawl, '/from');
      const report = await crawl.complete([redirected(from, '/to')]);
      expect(report).toMatchObject({ finished: true, lost: [], counts: { done: 1, skipped: 1 } });
      expect(await statesOf(crawl)).toEqual(merged);
    });

    it('to a page that waits for a retry completes that one', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/to'), found('/from')]);
      const [to, from] = [await claimPath(crawl, '/to'), await claimPath(crawl, '/from')];
      await crawl.complete([retry(to, harness.clock.now() + 1000)]);
      expect((await crawl.complete([redirected(from, '/to')])).finished).toBe(true);
      await harness.clock.advance(1000);
      expect(await claimAll(crawl)).toEqual([]);
      expect(await statesOf(crawl)).toEqual(merged);
    });

    it('to a page in progress elsewhere completes that one, and the other visit is lost', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/to'), found('/from')]);
      const [to, from] = [await claimPath(crawl, '/to'), await claimPath(crawl, '/from')];
      expect(await crawl.complete([redirected(from, '/to')])).toMatchObject({ finished: true, lost: [] });
      expect(await crawl.extend([to], LEASE_MS)).toEqual([to.url]);
      const late = await crawl.complete([done(to, [found('/late', 1)])]);
      expect(late).toMatchObject({ lost: [to.url], counts: { found: 2, done: 1, skipped: 1 } });
      expect(await statesOf(crawl)).toEqual(merged);
    });

    it('to a page that is done leaves it so', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/to'), found('/from')]);
      await crawl.complete([done(await claimPath(crawl, '/to'))]);
      const report = await crawl.complete([redirected(await claimPath(crawl, '/from'), '/to')]);
      expect(report.counts).toEqual({ found: 2, done: 1, failed: 0, skipped: 1, pending: 0, active: 0 });
      expect(await statesOf(crawl)).toEqual(merged);
    });

    it('to a page that had failed or was kept out makes it done', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/from'), found('/to', 0, { skip: 'excluded' })]);
      await crawl.complete([redirected(await claimPath(crawl, '/from'), '/to')]);
      expect(await statesOf(crawl)).toEqual(merged);
    });

    it('of two claims of one batch to one page counts it once', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/one'), found('/two')]);
      const [one, two] = [await claimPath(crawl, '/one'), await claimPath(crawl, '/two')];
      const report = await crawl.complete([redirected(one, '/to'), redirected(two, '/to')]);
      expect(report.counts).toEqual({ found: 3, done: 1, failed: 0, skipped: 2, pending: 0, active: 0 });
    });
  });

  describe('pages with the same content', () => {
    it('are identified by the first URL, however often they are looked up', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      const page = (path: string, contentHash: string) => ({
        url: urlOf(path),
        looseKey: 'site.test',
        contentHash,
      });
      expect(await crawl.identify([page('/', 'x'), page('/index.html', 'x')])).toEqual([
        urlOf('/'),
        urlOf('/'),
      ]);
      expect(
        await crawl.identify([page('/index.html', 'x'), page('/', 'x'), page('/index.html', 'y')]),
      ).toEqual([urlOf('/'), urlOf('/'), urlOf('/index.html')]);
    });

    it('stay apart when their URLs differ in more than what makes no difference', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      const pages = ['/a', '/b'].map((path) => ({ url: urlOf(path), looseKey: path, contentHash: 'x' }));
      expect(await crawl.identify(pages)).toEqual(pages.map(({ url }) => url));
    });
  });
}
