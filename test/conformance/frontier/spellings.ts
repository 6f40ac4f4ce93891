import { describe, expect, it } from 'vitest';
import type { Claim, Outcome } from '../../../src/model/frontier-url.ts';
import type { Frontier } from '../../../src/ports/frontier.ts';
import type { OpenFrontiers } from './harness.ts';
import { claimPage, done, found, openCrawl, request, statesOf, urlOf } from './moves.ts';

const URL_PATH = '/search?page=2&q=x';
const WRITTEN = urlOf('/search?q=x&page=2');

/** `/search?page=2&q=x`, written in another way. */
function spelled(spelling: string, depth = 0) {
  return found(URL_PATH, depth, { spelling: urlOf(spelling) });
}

function forbidden(claim: Claim): Outcome {
  return { kind: 'skipped', claim, reason: 'robots', target: null };
}

async function spellingsOf(crawl: Frontier): Promise<readonly string[] | undefined> {
  return (await claimPage(crawl)).spellings;
}

/** The ways in which sites wrote a URL, of which one that robots.txt allows is requested. */
export function spellingsSuite(open: OpenFrontiers): void {
  describe('spellings', () => {
    it('hands out a URL as it was written', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([spelled('/search?q=x&page=2'), found('/plain')]);
      expect(await claimPage(crawl)).toMatchObject({ url: urlOf(URL_PATH), spellings: [WRITTEN] });
      expect(await claimPage(crawl)).not.toHaveProperty('spellings');
    });

    it('keeps one URL however it is written, in four spellings, the canonical one among them', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      const report = await crawl.add([
        spelled('/search?q=x&page=2'),
        found(URL_PATH),
        spelled('/search?q=x&page=2'),
        spelled('/search?q=x&&page=2'),
        spelled('/search?&q=x&page=2'),
        spelled('/search?q=x&page=2&'),
      ]);
      expect(report).toEqual({ added: 1, seen: 5, overflow: 0 });
      expect(await spellingsOf(crawl)).toEqual([
        WRITTEN,
        urlOf(URL_PATH),
        urlOf('/search?q=x&&page=2'),
        urlOf('/search?&q=x&page=2'),
      ]);
    });

    it('adds a spelling to a URL that was found in its canonical form', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found(URL_PATH)]);
      await crawl.add([spelled('/search?q=x&page=2')]);
      expect(await spellingsOf(crawl)).toEqual([urlOf(URL_PATH), WRITTEN]);
    });

    it('keeps spellings that links of a page add, over retries, releases and a restart', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/')]);
      await crawl.complete([done(await claimPage(crawl), [spelled('/search?q=x&page=2', 1)])]);
      const first = await claimPage(crawl);
      await crawl.complete([{ kind: 'retry', claim: first, reason: 'timeout', detail: null, notBefore: 0 }]);
      await crawl.release([await claimPage(crawl)], 0);
      await harness.reopen();
      expect(await spellingsOf(await openCrawl(harness.store))).toEqual([WRITTEN]);
    });

    it('makes a forbidden URL pending again when it is found in another spelling', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([spelled('/search?q=x&page=2')]);
      await crawl.complete([forbidden(await claimPage(crawl))]);
      await crawl.add([spelled('/search?q=x&page=2')]);
      expect(await statesOf(crawl)).toEqual({ [URL_PATH]: 'skipped robots' });
      expect(await crawl.isFinished()).toBe(true);
      await crawl.add([found(URL_PATH)]);
      expect(await statesOf(crawl)).toEqual({ [URL_PATH]: 'pending' });
      const claim = await claimPage(crawl);
      expect(claim).toMatchObject({ attempt: 1, spellings: [WRITTEN, urlOf(URL_PATH)] });
      await crawl.complete([done(claim)]);
      expect(await statesOf(crawl)).toEqual({ [URL_PATH]: 'done' });
    });

    it('makes it pending again too when the other spelling was found while it was in progress', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([spelled('/search?q=x&page=2')]);
      const claim = await claimPage(crawl);
      await crawl.add([found(URL_PATH)]);
      const report = await crawl.complete([forbidden(claim)]);
      expect(report).toMatchObject({ finished: false, counts: { pending: 1, skipped: 0 } });
      const again = await claimPage(crawl);
      expect(again).toMatchObject({ attempt: 1, spellings: [WRITTEN, urlOf(URL_PATH)] });
      expect(await crawl.complete([forbidden(again)])).toMatchObject({ finished: true });
      expect(await statesOf(crawl)).toEqual({ [URL_PATH]: 'skipped robots' });
      expect(await crawl.reasons()).toEqual({ robots: 1 });
    });

    it('leaves it forbidden when the other spelling is left out itself, and in a closed crawl', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([spelled('/search?q=x&page=2')]);
      await crawl.complete([forbidden(await claimPage(crawl))]);
      await crawl.add([found(URL_PATH, 0, { skip: 'sampled-out' })]);
      await crawl.close('limit-time');
      await crawl.add([spelled('/search?q=x&page=2&')]);
      expect(await statesOf(crawl)).toEqual({ [URL_PATH]: 'skipped robots' });
      expect(await crawl.claim(request())).toEqual({ kind: 'finished' });
    });

    it('visits a done page again in the spelling of the shorter path', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxDepth: 5 });
      await crawl.add([spelled('/search?q=x&page=2', 3)]);
      await crawl.complete([done(await claimPage(crawl))]);
      await crawl.add([spelled('/search?q=x&page=2&', 1)]);
      expect(await spellingsOf(crawl)).toEqual([urlOf('/search?q=x&page=2&')]);
    });
  });
}
