import type { GraphStore } from '../../src/ports/graph-store.ts';

/** Methods for summaries are left out: they use numbers that each store assigns. */
const WRITES: ReadonlySet<PropertyKey> = new Set<keyof GraphStore>([
  'openSite',
  'save',
  'finish',
  'markRemoved',
  'saveAnalysis',
  'endAnalysis',
]);

/** A map that writes to two stores and reads from the first, so that both hold the same crawl. */
export function mirroredMap(first: GraphStore, second: GraphStore): GraphStore {
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
