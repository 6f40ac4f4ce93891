import type { GraphIdentity } from '../drivers/redis/claim-graph.ts';
import type { GraphStore } from '../ports/graph-store.ts';

/** Where the map is kept. */
export interface GraphPart {
  readonly graph: GraphStore;
  readonly identity: GraphIdentity;
  /** As `/ready` calls it. */
  readonly name: string;
  /** Rejects if the store does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
