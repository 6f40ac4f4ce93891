import { describe, expect, it } from 'vitest';
import { ListTracker } from '../../../actors/pagination/list-tracker.ts';
import { compileScope } from '../../../src/core/url/scope.ts';
import { SqliteFrontierStore } from '../../../src/drivers/sqlite/frontier.ts';
import type { VisitedPage } from '../../../src/model/fetched-page.ts';
import type { Discovery } from '../../../src/model/frontier-url.ts';
import type { Frontier } from '../../../src/ports/frontier.ts';
import { NO_LIMITS } from '../../conformance/frontier/harness.ts';
import { claimPath, found, statesOf, urlOf } from '../../conformance/frontier/moves.ts';
import { read } from '../../core/html/read.ts';
import { TemporaryStorage } from '../../drivers/sqlite/storage.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';

const SCOPE = {
  hosts: ['site.test'],
  subdomains: false,
  include: [],
  exclude: ['/news?page=10'],
  hashRoutes: false,
};
const NO_EXCLUDES = { ...SCOPE, exclude: [] };

interface Stage extends AsyncDisposable {
  readonly frontier: Frontier;
  tracker(all?: boolean, scope?: typeof SCOPE): ListTracker;
}

async function openStage(): Promise<Stage> {
  const storage = await TemporaryStorage.open();
  const store = new SqliteFrontierStore(storage.database, new SimulatedClock());
  const frontier = await store.open('crawl', NO_LIMITS);
  return {
    frontier,
    tracker: (all = false, scope: typeof SCOPE = NO_EXCLUDES) =>
      new ListTracker({ frontier, scope: compileScope(scope), all }),
    [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose](),
  };
}

/** A page of the site, read from its markup. */
function page(path: string, body: string): VisitedPage {
  const url = urlOf(path);
  const parsed = read(`<main><h1>${path}</h1>${body}</main>`, { url, scope: { hosts: ['site.test'] } });
  const claim = { url, host: 'site.test', depth: 1, attempt: 1, lease: 'lease' };
  return { kind: 'page', claim, url, status: 200, via: 'http', fetchMs: 1, parsed };
}

function newsPage(number: number, last: number): VisitedPage {
  const numbers = [1, 2, 3, last].map((n) => `<a href="/news?page=${n}">${n}</a>`);
  return page(
    `/news?page=${number}`,
    `<p>List ${number}</p><nav aria-label="Pages">${numbers.join(' ')}</nav>`,
  );
}

function linksOf(links: readonly Discovery[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    links.map(({ url, skip, by }) => [url.replace('http://site.test', ''), skip ?? `visited (${by})`]),
  );
}

describe('the paginated lists of a crawl', () => {
  it('add the pages that stand for them, whether links lead there or not', async () => {
    await using stage = await openStage();
    const { links: sorted } = await stage.tracker().track(newsPage(1, 21), []);
    expect(linksOf(sorted)).toEqual({
      ...Object.fromEntries([...Array(21).keys()].map((n) => [`/news?page=${n + 1}`, 'sampled-out'])),
      '/news?page=2': 'visited (board)',
      '/news?page=3': 'visited (board)',
      '/news?page=10': 'visited (board)',
      '/news?page=20': 'visited (board)',
      '/news?page=21': 'visited (board)',
      // The first page often has a URL without a number: it is left to links.
      '/news?page=1': undefined,
    });
    expect(sorted.every(({ depth, foundOn }) => depth === 2 && foundOn === urlOf('/news?page=1'))).toBe(true);
  });

  it('leave out what a link leads to, and keep the links that lead elsewhere', async () => {
    await using stage = await openStage();
    const links = [found('/news?page=7', 2), found('/about', 2), found('/news?page=2', 2)];
    const { links: sorted } = await stage.tracker().track(newsPage(1, 12), links);
    expect(linksOf(sorted.slice(0, 3))).toEqual({
      '/news?page=7': 'sampled-out',
      '/about': 'visited (link)',
      '/news?page=2': 'visited (link)',
    });
  });

  it('write their pages as the site does', async () => {
    await using stage = await openStage();
    const numbers = [1, 2, 3, 12].map((n) => `<a href="/find?q=x&amp;page=${n}">${n}</a>`);
    const nav = `<nav aria-label="Pages">${numbers.join(' ')}</nav>`;
    const first = page('/find?page=1&q=x', `<p>List</p>${nav}`);
    const second = found('/find?page=2&q=x', 2, { spelling: urlOf('/find?q=x&page=2') });
    const { links } = await stage.tracker().track(first, [second]);
    const own = links.filter(({ by }) => by === 'board');
    expect(own.map(({ url }) => url)).toContain(urlOf('/find?page=10&q=x'));
    for (const { url, spelling } of own) {
      const number = new URL(url).searchParams.get('page');
      expect(spelling).toBe(urlOf(`/find?q=x&page=${number}`));
    }
  });

  it('decide on a page that was found before its list when it is claimed', async () => {
    await using stage = await openStage();
    const { frontier } = stage;
    await frontier.add([found('/news?page=7')]);
    const claim = await claimPath(frontier, '/news?page=7');
    const tracker = stage.tracker();
    expect(await tracker.verdict(claim.url)).toBeNull();
    await tracker.track(newsPage(1, 12), []);
    expect(await tracker.verdict(claim.url)).toBe('sampled-out');
    expect(await tracker.verdict(urlOf('/news?page=3'))).toBeNull();
    expect(await tracker.verdict(urlOf('/other?page=7'))).toBeNull();
    expect(await statesOf(frontier)).toEqual({ '/news?page=7': 'active' });
  });

  it('get the same verdicts from all workers, whoever has seen what', async () => {
    await using stage = await openStage();
    const [one, other] = [stage.tracker(), stage.tracker()];
    await Promise.all([
      one.track(newsPage(1, 11), []),
      other.track(newsPage(3, 30), []),
      one.track(newsPage(2, 12), []),
      other.track(newsPage(30, 30), []),
    ]);
    for (const tracker of [one, other, stage.tracker()]) {
      const verdicts = await Promise.all([10, 11, 30].map((n) => tracker.verdict(urlOf(`/news?page=${n}`))));
      expect(verdicts).toEqual([null, 'sampled-out', null]);
    }
    const [track] = await stage.frontier.listTracks([urlOf('/news?page=').concat('{page}')]);
    expect(track).toMatchObject({ last: 30, checked: true });
    expect(track?.lists.map(({ page: number }) => number)).toEqual([1, 2, 3, 30]);
  });

  it('are visited whole if all pages are requested', async () => {
    await using stage = await openStage();
    const tracker = stage.tracker(true);
    const { links } = await tracker.track(newsPage(1, 12), [found('/news?page=7')]);
    expect(linksOf(links)).toEqual({
      '/news?page=7': 'visited (link)',
    });
    expect(await tracker.verdict(urlOf('/news?page=7'))).toBeNull();
  });

  it('never bring in what the scope keeps out', async () => {
    await using stage = await openStage();
    const { links } = await stage.tracker(false, SCOPE).track(newsPage(1, 21), []);
    const sorted = linksOf(links);
    expect(sorted['/news?page=10']).toBe('excluded');
    expect(sorted['/news?page=20']).toBe('visited (board)');
  });

  it('of a million pages name the first thousand and what stands for them, no more', async () => {
    await using stage = await openStage();
    const { links: sorted } = await stage.tracker().track(newsPage(1, 999_999), []);
    expect(sorted).toHaveLength(1000);
    expect(sorted.filter(({ skip }) => skip === undefined).map(({ url }) => url)).toContain(
      urlOf('/news?page=999999'),
    );
  });

  it('take a page without a bar for the last one if it is', async () => {
    await using stage = await openStage();
    const tracker = stage.tracker();
    await tracker.track(newsPage(1, 12), []);
    await tracker.track(page('/news?page=12', '<p>The end.</p>'), []);
    const [track] = await stage.frontier.listTracks([urlOf('/news?page=').concat('{page}')]);
    expect(track).toMatchObject({ last: 12, checked: true });
  });

  it('count the pages of a list whose URLs contain no number, as they lead to one another', async () => {
    await using stage = await openStage();
    const tracker = stage.tracker();
    const pattern = { url: urlOf('/news?cursor=').concat('{page}'), first: 0, step: 0 };
    const next = (mark: string) => `<nav aria-label="Pages"><a href="/news?cursor=${mark}">Next</a></nav>`;
    const first = await tracker.track(page('/news', `<p>List 1</p>${next('Zx8Q1')}`), []);
    expect(first.listPosition).toEqual({ pattern, page: 1, last: null });
    const second = await tracker.track(page('/news?cursor=Zx8Q1', `<p>List 2</p>${next('Kp3R7')}`), []);
    expect(second.listPosition).toEqual({ pattern, page: 2, last: null });
    // The last one has no way on, and nothing else that shows a pagination.
    const third = await tracker.track(page('/news?cursor=Kp3R7', '<p>List 3</p>'), []);
    expect(third.listPosition).toEqual({ pattern, page: 3, last: null });
    const [track] = await stage.frontier.listTracks([pattern.url]);
    expect(track).toMatchObject({ last: 3, checked: true });
    // Nothing led to this one, so that nobody knows where it stands.
    const stray = await tracker.track(page('/news?cursor=Vb5W2', `<p>List 9</p>${next('Nd6T4')}`), []);
    expect(stray.listPosition).toBeNull();
  });

  it('of one URL, whose list a script lengthens, are one page', async () => {
    await using stage = await openStage();
    const { listPosition } = await stage
      .tracker()
      .track(page('/photos', '<p>Photos</p><button>Load more</button>'), []);
    expect(listPosition).toEqual({
      pattern: { url: urlOf('/photos'), first: 1, step: 0 },
      page: 1,
      last: null,
    });
    const plain = await stage.tracker().track(page('/about', '<p>About us</p>'), []);
    expect(plain.listPosition).toBeNull();
  });
});
