import { describe, expect, it } from 'vitest';
import type { Edge, EdgeRequest, Edges } from '../../../src/core/map/link-graph.ts';
import { searchPaths } from '../../../src/core/map/path-search.ts';
import { SeededRandom } from '../../support/seeded-random.ts';

/** A site in memory: which blocks pages show, which pages blocks link, and at what cost. */
interface Site {
  readonly pages: number;
  readonly shows: readonly Edge<string>[];
  readonly links: readonly Edge<string>[];
}

const MOST = 100_000;

/** The edges that a store returns; blocks on more pages than `wide` are not followed backwards. */
function edgesOf(site: Site, { relation, of }: EdgeRequest<string>, wide: number): Edges<string> {
  const forwards = relation === 'shows' || relation === 'links';
  const known = relation === 'shows' || relation === 'shownOn' ? site.shows : site.links;
  const edges: Edge<string>[] = [];
  const cut: string[] = [];
  for (const node of of) {
    const own = known
      .filter((edge) => (forwards ? edge.of : edge.to) === node)
      .map((edge) => ({ of: node, to: forwards ? edge.to : edge.of, cost: edge.cost }));
    if (!forwards && own.length > wide) cut.push(node);
    else edges.push(...own);
  }
  return { edges, cut };
}

function find(site: Site, from: string, to: readonly string[], wide = 4) {
  const search = searchPaths(from, to, MOST);
  let requested = 0;
  let step = search.next();
  while (!step.done) {
    requested += step.value.of.length;
    step = search.next(edgesOf(site, step.value, wide));
  }
  return { paths: step.value, requested };
}

/** Costs of the cheapest paths from a page, found by trying all links until nothing changes. */
function cheapest({ shows, links }: Site, from: string): ReadonlyMap<string, number> {
  const cost = new Map([[from, 0]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const edge of [...shows, ...links]) {
      const total = (cost.get(edge.of) ?? Number.POSITIVE_INFINITY) + edge.cost;
      if (total < (cost.get(edge.to) ?? Number.POSITIVE_INFINITY)) {
        cost.set(edge.to, total);
        changed = true;
      }
    }
  }
  return cost;
}

function costOf({ shows, links }: Site, pages: readonly string[]): number {
  return pages.slice(1).reduce((sum, to, index) => {
    const from = pages[index];
    const clicks = shows
      .filter((shown) => shown.of === from)
      .flatMap((shown) =>
        links.filter((link) => link.of === shown.to && link.to === to).map((link) => shown.cost + link.cost),
      );
    return sum + Math.min(...clicks);
  }, 0);
}

function randomSite(seed: number): Site {
  const random = new SeededRandom(seed);
  const pages = 5 + random.below(40);
  const page = () => `p${random.below(pages)}`;
  const shows: Edge<string>[] = [];
  const links: Edge<string>[] = [];
  for (let n = 0; n < pages; n += 1) {
    shows.push({ of: `p${n}`, to: `own${n}`, cost: random.pick([0, 0, 10]) });
    if (random.next() < 0.6) shows.push({ of: `p${n}`, to: 'menu', cost: 5 });
    if (random.next() < 0.6) shows.push({ of: `p${n}`, to: 'footer', cost: 110 });
    for (let link = random.below(4); link > 0; link -= 1)
      links.push({ of: `own${n}`, to: page(), cost: random.pick([100, 100, 115]) });
  }
  for (let link = 0; link < 3; link += 1)
    links.push({ of: 'menu', to: page(), cost: 100 }, { of: 'footer', to: page(), cost: 100 });
  return { pages, shows, links };
}

describe('a search for paths', () => {
  it('finds paths that exist, and the cheapest within the price of a footer', () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const site = randomSite(seed);
      const costs = cheapest(site, 'p0');
      const targets = Array.from({ length: site.pages }, (_, n) => `p${n}`);
      const { paths } = find(site, 'p0', targets);
      for (const [index, path] of paths.entries()) {
        const least = costs.get(targets[index] ?? '');
        const label = `site ${seed}, to ${targets[index]}`;
        expect(path.kind, label).toBe(least === undefined ? 'none' : 'path');
        if (path.kind !== 'path' || least === undefined) continue;
        expect([path.pages[0], path.pages.at(-1)], label).toEqual(['p0', targets[index]]);
        expect(costOf(site, path.pages), label).toBeLessThanOrEqual(least + 110);
      }
      const exact = paths.filter(
        (path, index) => path.kind === 'path' && costOf(site, path.pages) === costs.get(`p${index}`),
      );
      expect(exact.length, `site ${seed}`).toBeGreaterThanOrEqual(
        0.95 * costs.size - [...costs.keys()].filter((k) => !k.startsWith('p')).length,
      );
    }
  });

  it('returns a target that is requested twice, and the start itself', () => {
    const site: Site = {
      pages: 2,
      shows: [{ of: 'a', to: 'x', cost: 0 }],
      links: [{ of: 'x', to: 'b', cost: 100 }],
    };
    const { paths } = find(site, 'a', ['b', 'a', 'b']);
    expect(paths).toEqual([
      { kind: 'path', pages: ['a', 'b'] },
      { kind: 'path', pages: ['a'] },
      { kind: 'path', pages: ['a', 'b'] },
    ]);
  });

  it('looks at little of a large site', () => {
    const pages = 3000;
    const random = new SeededRandom(3);
    const shows = Array.from({ length: pages }, (_, n) => ({ of: `p${n}`, to: `own${n}`, cost: 0 }));
    const links = shows.flatMap(({ to }) =>
      Array.from({ length: 6 }, () => ({ of: to, to: `p${random.below(pages)}`, cost: 100 })),
    );
    const { paths, requested } = find({ pages, shows, links }, 'p0', ['p7'], 64);
    expect(paths[0]?.kind).toBe('path');
    expect(requested).toBeLessThan(pages / 2);
  });

  it('gives up when it has seen enough, and says so', () => {
    const shows = Array.from({ length: 50 }, (_, n) => ({ of: `p${n}`, to: `own${n}`, cost: 0 }));
    const links = shows.map(({ to }, n) => ({ of: to, to: `p${n + 1}`, cost: 100 }));
    const search = searchPaths<string>('p0', ['p49'], 10);
    let step = search.next();
    while (!step.done) step = search.next(edgesOf({ pages: 50, shows, links }, step.value, 4));
    expect(step.value).toEqual([{ kind: 'none', complete: false }]);
  });
});
