import { workerData } from 'node:worker_threads';
import type { GraphStore } from '../../ports/graph-store.ts';
import { serveThread } from '../system/thread-rpc.ts';
import { neo4jMap } from './map-store.ts';
import type { Neo4j } from './neo4j.ts';
import { type Neo4jAddress, openNeo4j } from './open-neo4j.ts';

/** Milliseconds that running calls have to finish. A call of the driver whose connection is closed may never end. */
const DRAIN_MS = 5000;

/**
 * The driver captures the call stack of every statement, which takes a tenth of its time. Only codes and messages of
 * errors leave this thread.
 */
Error.stackTraceLimit = 0;

export interface Neo4jServices {
  readonly graph: GraphStore;
  readonly server: Pick<Neo4j, 'id' | 'ping'>;
}

await serveThread<Neo4jServices>(async () => {
  const server = await openNeo4j(workerData as Neo4jAddress);
  return { services: { graph: neo4jMap(server), server }, close: () => server.close() };
}, DRAIN_MS);
