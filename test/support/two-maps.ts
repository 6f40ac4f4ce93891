import type { GraphStore } from '../../src/ports/graph-store.ts';

/** Summaries are left out: they go by numbers that each store gives. */
const WRITES: ReadonlySet<PropertyKey> = new Set<keyof GraphStore>([
  'openSite',
  'save',
  'finish',
  'markRemoved',
  'saveAnalysis',
  'endAnalysis',
]);

/** A map that writes to two and reads from the first, so that both hold the same crawl. */
export function twoMaps(first: GraphStore, second: GraphStore): GraphStore {
  return new Proxy(first, {
    get(_, method) {
      const call = callOf(first, method);
      if (call === undefined || !WRITES.has(method)) return call;
      const other = callOf(second, method);
      return async (...args: readonly unknown[]) => (await Promise.all([call(...args), other?.(...args)]))[0];
    },
  });
}

function callOf(
  graph: GraphStore,
  method: PropertyKey,
): ((...args: readonly unknown[]) => unknown) | undefined {
  const call: unknown = Reflect.get(graph, method);
  return typeof call === 'function' ? (...args) => Reflect.apply(call, graph, args) : undefined;
}
