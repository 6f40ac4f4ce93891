import type { GraphStore } from '../../src/ports/graph-store.ts';

/** Answers of a map that keeps nothing, by the call that a crawl makes. */
const ANSWERS: Readonly<Partial<Record<keyof GraphStore, unknown>>> = {
  openSite: 'site',
  counts: { pages: 0, sections: 0, links: 0, nodes: 0 },
  observedLists: { lists: [], next: null },
  layouts: { layouts: [], next: null },
  unseen: { urls: [], next: null },
};

/** A map that forgets everything at once: what a crawl costs without one. */
export function forgetfulGraph(): GraphStore {
  return new Proxy({} as GraphStore, {
    get: (_, method) => async () => ANSWERS[method as keyof GraphStore],
  });
}
