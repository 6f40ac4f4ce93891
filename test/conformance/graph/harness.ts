import type { GraphStore } from '../../../src/ports/graph-store.ts';

/** A map of its own for one test. */
export interface GraphHarness extends AsyncDisposable {
  readonly graph: GraphStore;
}
