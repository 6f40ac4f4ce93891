import { describe, expect, it } from 'vitest';
import type { Claim, Discovery, Outcome } from '../../../src/model/frontier-url.ts';
import type { Frontier } from '../../../src/ports/frontier.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import type { SimulatedClock } from '../../support/simulated-clock.ts';
import type { OpenFrontiers } from './harness.ts';
import {
  claimAll,
  claimPage,
  claimPath,
  done,
  failed,
  found,
  ledgerOf,
  lineOf,
  openCrawl,
  redirected,
  request,
  retry,
  statesOf,
  urlOf,
} from './moves.ts';

/** What ends a crawl before its frontier is empty. */
export function limitsSuite(open: OpenFrontiers): void {
  describe('the limit of pages', () => {
    it.each([
      { maxPages: 1, size: 60 },
      { maxPages: 10, size: 60 },
      { maxPages: 50, size: 60 },
      { maxPages: 50, size: 30 },
    ])(
      'P16: of $maxPages is kept exactly by 16 workers on a site of $size pages',
      async ({ maxPages, size }) => {
        await using harness = await open();
        const crawl = await openCrawl(harness.store, { maxPages });
        await crawl.add([found('/0')]);
        const site = new BrokenSite(size);
        await Promise.all(
          Array.from({ length: 16 }, (_, worker) => site.visit(crawl, harness.clock, worker)),
        );
        const expected = Math.min(maxPages, site.good);
        const counts = await crawl.counts();
        expect(counts).toMatchObject({ done: expected, pending: 0, active: 0 });
        expect(await crawl.isFinished()).toBe(true);
        const left = await ledgerOf(crawl, { state: 'skipped' });
        expect(left).toHaveLength(counts.skipped);
        expect(left.filter(({ reason }) => reason !== 'limit-pages')).toEqual([]);
        expect(await crawl.closeReason()).toBe(maxPages < site.good ? 'limit-pages' : null);
      },
    );

    it('reports what was left out, in the ledger and in the reasons', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxPages: 2 });
      await crawl.add([found('/a'), found('/b'), found('/c'), found('/d')]);
      const [a, b] = [await claimPath(crawl, '/a'), await claimPath(crawl, '/b')];
      expect(await crawl.claim(request())).toEqual({ kind: 'wait', retryAt: null });
      expect((await crawl.complete([done(a)])).finished).toBe(false);
      expect((await crawl.complete([done(b, [found('/e', 1)])])).finished).toBe(true);
      expect(await statesOf(crawl)).toEqual({
        '/a': 'done',
        '/b': 'done',
        '/c': 'skipped limit-pages',
        '/d': 'skipped limit-pages',
        '/e': 'skipped limit-pages',
      });
      expect(await crawl.reasons()).toEqual({ 'limit-pages': 3 });
      expect(await crawl.claim(request())).toEqual({ kind: 'finished' });
    });

    it('does not count pages that failed or led to one that is done', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxPages: 2 });
      await crawl.add([found('/a'), found('/b'), found('/c'), found('/d')]);
      await crawl.complete([done(await claimPath(crawl, '/a'))]);
      await crawl.complete([failed(await claimPath(crawl, '/b'))]);
      await crawl.complete([redirected(await claimPath(crawl, '/c'), '/a')]);
      expect((await crawl.complete([done(await claimPath(crawl, '/d'))])).finished).toBe(true);
      expect([(await crawl.counts()).done, await crawl.closeReason()]).toEqual([2, null]);
    });
  });

  describe('a page that is done and visited again on a shorter path', () => {
    /** `/p` is done at depth 2 and pending again at depth 1; `/q` and `/r` wait behind it. */
    async function reopened(crawl: Frontier): Promise<void> {
      await crawl.add([found('/p', 2), found('/q', 3), found('/r', 3)]);
      await crawl.complete([done(await claimPath(crawl, '/p'))]);
      await crawl.add([found('/p', 1)]);
      expect(await statesOf(crawl)).toMatchObject({ '/p': 'pending' });
    }

    it('keeps its place, so that no page too many is done, whatever becomes of that visit', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxPages: 2, maxDepth: 3 });
      await reopened(crawl);
      const [p, q] = [await claimPath(crawl, '/p'), await claimPath(crawl, '/q')];
      expect((await crawl.claim(request())).kind).toBe('wait');
      await crawl.complete([done(q)]);
      expect((await crawl.claim(request())).kind).toBe('wait');
      expect((await crawl.complete([failed(p)])).finished).toBe(true);
      expect(await statesOf(crawl)).toEqual({ '/p': 'done', '/q': 'done', '/r': 'skipped limit-pages' });
      expect(await crawl.counts()).toMatchObject({ done: 2, failed: 0, skipped: 1 });
    });

    it('stays done if that visit is skipped, and waits between two tries of it', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxPages: 3, maxDepth: 3 });
      await reopened(crawl);
      await crawl.complete([retry(await claimPath(crawl, '/p'), harness.clock.now() + 50)]);
      await harness.clock.advance(50);
      await crawl.release([await claimPath(crawl, '/p')], 0);
      await claimPath(crawl, '/p');
      expect(await crawl.releaseOwner('tester')).toBe(1);
      await crawl.complete([done(await claimPath(crawl, '/p'))]);
      await crawl.add([found('/p', 0)]);
      const last = await claimPath(crawl, '/p');
      await crawl.complete([{ kind: 'skipped', claim: last, reason: 'not-html', target: null }]);
      expect(await lineOf(crawl, '/p')).toMatchObject({ state: 'done', reason: null, depth: 0 });
    });

    it('is done where the crawl ends before that visit', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxDepth: 3 });
      await reopened(crawl);
      await crawl.close('limit-time');
      expect(await statesOf(crawl)).toEqual({
        '/p': 'done',
        '/q': 'skipped limit-time',
        '/r': 'skipped limit-time',
      });
      expect(await crawl.counts()).toMatchObject({ found: 3, done: 1, skipped: 2, pending: 0 });
      expect(await crawl.reasons()).toEqual({ 'limit-time': 2 });
      const byState = async (state: 'done' | 'skipped' | 'pending') =>
        (await ledgerOf(crawl, { state })).map(({ url }) => url);
      expect(await byState('done')).toEqual([urlOf('/p')]);
      expect(await byState('skipped')).toEqual([urlOf('/q'), urlOf('/r')]);
      expect(await byState('pending')).toEqual([]);
    });

    it('is visited even where there is no other place, for what lies behind it', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxPages: 1, maxDepth: 2 });
      await crawl.add([found('/p', 2)]);
      await crawl.complete([done(await claimPath(crawl, '/p'), [found('/behind', 3)])]);
      await crawl.add([found('/p', 1)]);
      const p = await claimPath(crawl, '/p');
      expect((await crawl.complete([done(p, [found('/behind', 2)])])).finished).toBe(true);
      expect(await statesOf(crawl)).toEqual({ '/p': 'done', '/behind': 'skipped limit-pages' });
    });
  });

  describe('the limit of depth', () => {
    it('records what is too deep, and includes it on a shorter path', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxDepth: 2 });
      await crawl.add([found('/a', 2), found('/deep', 3), found('/x', 3, { skip: 'excluded' })]);
      expect(await statesOf(crawl)).toEqual({
        '/a': 'pending',
        '/deep': 'skipped too-deep',
        '/x': 'skipped excluded',
      });
      await crawl.add([found('/deep', 4)]);
      expect((await lineOf(crawl, '/deep')).state).toBe('skipped');
      await crawl.add([found('/deep', 2), found('/x', 1, { skip: 'excluded' })]);
      expect(await claimAll(crawl)).toEqual([urlOf('/a'), urlOf('/deep')]);
    });

    it('makes a page that is done pending again when a shorter path to it is found', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxDepth: 3 });
      await crawl.add([found('/p', 3), found('/q', 3)]);
      await crawl.complete([done(await claimPath(crawl, '/p'), [found('/behind', 4)])]);
      expect((await statesOf(crawl))['/behind']).toBe('skipped too-deep');
      await crawl.add([found('/p', 3)]);
      expect((await lineOf(crawl, '/p')).state).toBe('done');
      await crawl.add([found('/p', 1)]);
      expect(await crawl.counts()).toMatchObject({ found: 3, done: 0, pending: 2, skipped: 1 });
      const again = await claimPath(crawl, '/p');
      expect(again.depth).toBe(1);
      await crawl.complete([done(again, [found('/behind', 2)])]);
      expect((await claimPage(crawl)).url).toBe(urlOf('/behind'));
    });

    it('takes a redirect for a path to its target', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxDepth: 3 });
      await crawl.add([found('/from', 1), found('/to', 3)]);
      const [from, to] = [await claimPath(crawl, '/from'), await claimPath(crawl, '/to')];
      await crawl.complete([done(to), redirected(from, '/to')]);
      await crawl.add([found('/to', 2)]);
      expect((await lineOf(crawl, '/to')).state).toBe('done');
      await crawl.add([found('/to', 0)]);
      expect((await lineOf(crawl, '/to')).state).toBe('pending');
    });

    it('does not visit again where no depth is set, nor once the crawl was ended', async () => {
      await using harness = await open();
      const free = await openCrawl(harness.store, {}, 'free');
      await free.add([found('/p', 5)]);
      await free.complete([done(await claimPage(free))]);
      await free.add([found('/p', 0)]);
      expect(await statesOf(free)).toEqual({ '/p': 'done' });
      const ended = await openCrawl(harness.store, { maxDepth: 3 }, 'ended');
      await ended.add([found('/p', 2)]);
      await ended.complete([done(await claimPage(ended))]);
      await ended.close('limit-time');
      await ended.add([found('/p', 0)]);
      expect(await statesOf(ended)).toEqual({ '/p': 'done' });
    });

    it('takes the shorter path into account while the page is in progress', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store, { maxDepth: 2 });
      await crawl.add([found('/p', 2)]);
      const p = await claimPath(crawl, '/p');
      await crawl.add([found('/p', 1)]);
      await crawl.complete([done(p, [found('/behind', p.depth + 1)])]);
      const reached = await visitAll(crawl, { '/p': ['/behind'] });
      expect(reached).toContain(urlOf('/behind'));
    });

    it.each([1, 2, 3, 4, 5, 6, 7, 8])(
      'reaches just what lies within it, in whatever order pages are settled (%i)',
      async (seed) => {
        await using harness = await open();
        const maxDepth = 3;
        const crawl = await openCrawl(harness.store, { maxDepth });
        const random = new SeededRandom(seed);
        const links = randomSite(random, 80);
        await crawl.add([found('/0')]);
        await visitInDisorder(crawl, links, random);
        const distances = clicksFrom(0, links);
        const within = [...distances]
          .filter(([, clicks]) => clicks <= maxDepth)
          .map(([page]) => urlOf(`/${page}`));
        const beyond = [...distances].filter(([, clicks]) => clicks === maxDepth + 1);
        const settled = await ledgerOf(crawl);
        expect(
          settled
            .filter(({ state }) => state === 'done')
            .map(({ url }) => url)
            .sort(),
        ).toEqual(within.sort());
        expect(settled.filter(({ reason }) => reason === 'too-deep')).toHaveLength(beyond.length);
      },
    );
  });

  describe('ending a crawl early', () => {
    it('skips what is pending, now and later, with the reason', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a'), found('/b'), found('/c'), found('/d')]);
      const [a, b, c] = [
        await claimPath(crawl, '/a'),
        await claimPath(crawl, '/b'),
        await claimPath(crawl, '/c'),
      ];
      await crawl.close('limit-time');
      expect(await crawl.claim(request())).toEqual({ kind: 'finished' });
      expect(await crawl.counts()).toMatchObject({ found: 4, active: 3, pending: 0, skipped: 1 });
      await crawl.complete([done(a, [found('/e', 1)]), retry(b, harness.clock.now())]);
      await crawl.release([c], 0);
      await crawl.add([found('/f')]);
      expect(await statesOf(crawl)).toEqual({
        '/a': 'done',
        '/b': 'skipped limit-time',
        '/c': 'skipped limit-time',
        '/d': 'skipped limit-time',
        '/e': 'skipped limit-time',
        '/f': 'skipped limit-time',
      });
      expect(await crawl.counts()).toMatchObject({ found: 6, done: 1, skipped: 5, pending: 0, active: 0 });
      expect(await crawl.isFinished()).toBe(true);
    });

    it('keeps the first reason', async () => {
      await using harness = await open();
      const crawl = await openCrawl(harness.store);
      await crawl.add([found('/a')]);
      expect(await crawl.closeReason()).toBeNull();
      await crawl.close('no-progress');
      await crawl.close('cancelled');
      expect(await crawl.closeReason()).toBe('no-progress');
      expect(await statesOf(crawl)).toEqual({ '/a': 'skipped no-progress' });
    });
  });
}

/** A site of a front page that links all others; every tenth page never responds, and a fifth of the visits fail. */
class BrokenSite {
  readonly #size: number;
  readonly #random = new SeededRandom(42);

  constructor(size: number) {
    this.#size = size;
  }

  /** Pages that respond, sooner or later: all but 9, 19, 29, … */
  get good(): number {
    return this.#size - Math.floor(this.#size / 10);
  }

  async visit(crawl: Frontier, clock: SimulatedClock, worker: number): Promise<void> {
    for (;;) {
      const answer = await crawl.claim(request({ owner: `worker ${worker}` }));
      if (answer.kind === 'pages') await crawl.complete([this.#outcome(answer.claims[0], clock)]);
      else if (answer.kind === 'wait') await clock.advance(10);
      else return;
    }
  }

  #outcome(claim: Claim, clock: SimulatedClock): Outcome {
    const page = Number(new URL(claim.url).pathname.slice(1));
    if (page % 10 === 9) return failed(claim);
    if (this.#random.next() < 0.2) return retry(claim, clock.now() + 20);
    return done(claim, page === 0 ? this.#links() : []);
  }

  #links(): Discovery[] {
    return Array.from({ length: this.#size }, (_, page) => found(`/${page}`, 1));
  }
}

/** Visits what may be visited, one page after another; resolves to the URLs. */
async function visitAll(
  crawl: Frontier,
  links: Readonly<Record<string, readonly string[]>>,
): Promise<string[]> {
  const visited: string[] = [];
  for (;;) {
    const answer = await crawl.claim(request());
    if (answer.kind !== 'pages') return visited;
    const [claim] = answer.claims;
    visited.push(claim.url);
    const behind = links[new URL(claim.url).pathname] ?? [];
    await crawl.complete([
      done(
        claim,
        behind.map((path) => found(path, claim.depth + 1)),
      ),
    ]);
  }
}

/** For each page the pages that it links. */
type Links = readonly (readonly number[])[];

function randomSite(random: SeededRandom, pages: number): Links {
  return Array.from({ length: pages }, () => Array.from({ length: 2 }, () => random.below(pages)));
}

/** Clicks from a page to every page that can be reached, breadth first. */
function clicksFrom(start: number, links: Links): ReadonlyMap<number, number> {
  const clicks = new Map([[start, 0]]);
  for (const [page, distance] of clicks) {
    for (const next of links[page] ?? []) if (!clicks.has(next)) clicks.set(next, distance + 1);
  }
  return clicks;
}

/** Keeps up to eight pages open and settles any one of them at a time. */
async function visitInDisorder(crawl: Frontier, links: Links, random: SeededRandom): Promise<void> {
  const held: Claim[] = [];
  for (;;) {
    const answer = held.length < 8 ? await crawl.claim(request()) : null;
    if (answer?.kind === 'finished') return;
    if (answer?.kind === 'pages') held.push(...answer.claims);
    else await settleOne(crawl, held, links, random);
  }
}

async function settleOne(crawl: Frontier, held: Claim[], links: Links, random: SeededRandom): Promise<void> {
  const [claim] = held.splice(random.below(held.length), 1);
  if (claim === undefined) throw new Error('nothing is open and nothing can be claimed');
  const page = Number(new URL(claim.url).pathname.slice(1));
  const behind = (links[page] ?? []).map((next) =>
    found(`/${next}`, claim.depth + 1, { foundOn: claim.url }),
  );
  await crawl.complete([done(claim, behind)]);
}
