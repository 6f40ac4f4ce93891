import { describe, expect, it } from 'vitest';
import { markRemovedPages } from '../../../src/core/history/mark-removed-pages.ts';
import { compileScope } from '../../../src/core/url/scope.ts';
import { SqliteFrontierStore } from '../../../src/drivers/sqlite/frontier.ts';
import type { Discovery, Outcome } from '../../../src/model/frontier-url.ts';
import type { UrlReason } from '../../../src/model/reason.ts';
import type { Frontier } from '../../../src/ports/frontier.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';
import { NO_LIMITS } from '../../conformance/frontier/harness.ts';
import { pageOf, SITE, urlOf } from '../../conformance/graph/pages.ts';
import { TemporaryStorage } from '../../drivers/sqlite/storage.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';

/** What each page of the site links to. */
const LINKS: Readonly<Record<string, readonly string[]>> = {
  '/': ['/hub', '/news'],
  '/hub': ['/a', '/b'],
  '/a': ['/a/deep'],
  '/b': [],
  '/news': [],
  '/a/deep': ['/hub'],
};

/** How the second crawl met pages that it did not store. */
type Met = Readonly<
  Record<string, { readonly reason: UrlReason; readonly detail?: string; readonly status?: number }>
>;

const SERVER_SAYS_404 = { reason: 'http-status', detail: 'The server answered 404' } as const;
const SERVER_SAYS_503 = { reason: 'http-status', detail: 'The server answered 503' } as const;

class TwoCrawls implements AsyncDisposable {
  readonly graph: GraphStore;
  readonly #storage: TemporaryStorage;
  readonly #frontier: Frontier;

  private constructor(storage: TemporaryStorage, graph: GraphStore, frontier: Frontier) {
    this.#storage = storage;
    this.graph = graph;
    this.#frontier = frontier;
  }

  /** The first crawl stored the whole site, the second these pages. */
  static async of(stored: readonly string[], met: Met = {}): Promise<TwoCrawls> {
    const storage = await TemporaryStorage.open();
    const graph = storage.database.service('graph');
    await save(graph, 'one', Object.keys(LINKS));
    await save(graph, 'two', stored);
    const frontier = await new SqliteFrontierStore(storage.database, new SimulatedClock()).open(
      'two',
      NO_LIMITS,
    );
    await frontier.add([...stored, ...Object.keys(met)].map(discovery));
    await settle(frontier, met);
    return new TwoCrawls(storage, graph, frontier);
  }

  async endEarly(): Promise<this> {
    await this.#frontier.add([discovery('/never-visited')]);
    await this.#frontier.close('limit-time');
    return this;
  }

  /** Paths of the pages that are marked. */
  async removed(exclude: readonly string[] = [], readsSitemaps = true): Promise<readonly string[]> {
    const hosts = [new URL(SITE).host];
    const scope = compileScope({ hosts, subdomains: false, include: [], exclude, hashRoutes: false });
    const { graph } = this;
    const marked = await markRemovedPages({
      crawlId: 'two',
      graph,
      frontier: this.#frontier,
      scope,
      readsSitemaps,
      at: 9,
    });
    const paths: string[] = [];
    for (const path of Object.keys(LINKS))
      if ((await graph.page(urlOf(path)))?.removedSince === 9) paths.push(path);
    expect(marked).toBe(paths.length);
    return paths;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#storage[Symbol.asyncDispose]();
  }
}

async function save(graph: GraphStore, crawlId: string, paths: readonly string[]): Promise<void> {
  await graph.openSite({ url: SITE, crawlId, at: 1 });
  const pages = paths.map((path) => pageOf(path, [{ heading: path, links: LINKS[path] ?? [] }]));
  await graph.save(crawlId, pages, []);
}

function discovery(path: string): Discovery {
  return { url: urlOf(path), host: new URL(SITE).host, depth: 0, by: 'link', foundOn: null };
}

async function settle(frontier: Frontier, met: Met): Promise<void> {
  for (;;) {
    const answer = await frontier.claim({ owner: 'test', leaseMs: 60_000, exceptHosts: [], limit: 1 });
    if (answer.kind !== 'pages') return;
    const [claim] = answer.claims;
    const how = met[new URL(claim.url).pathname];
    const outcome: Outcome =
      how === undefined
        ? { kind: 'done', claim, finalUrl: claim.url, finalHost: claim.host, links: [] }
        : { kind: 'failed', claim, detail: null, ...how };
    await frontier.complete([outcome]);
  }
}

describe('the pages that are removed after a crawl', () => {
  it('are those that nothing leads to any more, with all that only they led to', async () => {
    await using crawls = await TwoCrawls.of(['/', '/hub', '/b', '/news']);
    expect(await crawls.removed()).toEqual(['/a', '/a/deep']);
  });

  it('are none when all were stored', async () => {
    await using crawls = await TwoCrawls.of(Object.keys(LINKS));
    expect(await crawls.removed()).toEqual([]);
  });

  it('are those with the status 404 or 410, whatever the detail says', async () => {
    const reason = 'http-status';
    await using crawls = await TwoCrawls.of(['/', '/hub', '/news'], {
      '/a': { reason, detail: 'Nothing here', status: 410 },
      '/b': { reason, detail: 'The server answered 404', status: 503 },
    });
    await crawls.endEarly();
    expect(await crawls.removed()).toEqual(['/a']);
  });

  it('are not those that could not be visited, nor what they lead to', async () => {
    await using crawls = await TwoCrawls.of(['/', '/news'], { '/hub': SERVER_SAYS_503 });
    expect(await crawls.removed()).toEqual([]);
    await using one = await TwoCrawls.of(['/', '/hub', '/news'], { '/a': { reason: 'timeout' } });
    expect(await one.removed()).toEqual(['/b']);
  });

  it('are those that the server has removed, and what only they led to', async () => {
    await using crawls = await TwoCrawls.of(['/', '/news'], { '/hub': SERVER_SAYS_404 });
    expect(await crawls.removed()).toEqual(['/hub', '/a', '/b', '/a/deep']);
  });

  it('are only those that the server has removed if the crawl did not see all', async () => {
    const met = { '/b': SERVER_SAYS_404 };
    await using early = await (await TwoCrawls.of(['/', '/hub'], met)).endEarly();
    expect(await early.removed()).toEqual(['/b']);
    await using blind = await TwoCrawls.of(['/', '/hub'], met);
    expect(await blind.removed([], false)).toEqual(['/b']);
    await using sampled = await TwoCrawls.of(['/', '/hub'], { ...met, '/list': { reason: 'repeats' } });
    expect(await sampled.removed()).toEqual(['/b']);
  });

  it('are not what the crawl excludes, nor what that leads to', async () => {
    await using crawls = await TwoCrawls.of(['/', '/hub', '/b']);
    expect(await crawls.removed(['http://site.test/a'])).toEqual(['/news']);
  });
});
