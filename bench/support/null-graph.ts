import type { GraphStore } from '../../src/ports/graph-store.ts';

/** Results of a map that stores nothing, by method. */
const RESULTS: Readonly<Partial<Record<keyof GraphStore, unknown>>> = {
  openSite: 'site',
  saveSize: { pages: 32, rows: 10_000, characters: 1_000_000 },
  counts: { pages: 0, sections: 0, links: 0, nodes: 0 },
  observedLists: { lists: [], next: null },
  layouts: { layouts: [], next: null },
  unseen: { urls: [], next: null },
};

/** A map that stores nothing: the baseline for the cost of a map. */
export function nullGraph(): GraphStore {
  return new Proxy({} as GraphStore, {
    get: (_, method) => async () => RESULTS[method as keyof GraphStore],
  });
}
