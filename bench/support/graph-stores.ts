import { join } from 'node:path';
import { Neo4jThread } from '../../src/drivers/neo4j/neo4j-thread.ts';
import type { Neo4jAddress } from '../../src/drivers/neo4j/open-neo4j.ts';
import { Database } from '../../src/drivers/sqlite/database.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import { Neo4jServer } from '../../test/support/neo4j-server.ts';
import { tempDir } from '../../test/support/temp-dir.ts';

/** An empty graph store for a bench. */
export interface GraphOfBench extends AsyncDisposable {
  readonly graph: GraphStore;
}

/** Heap and page cache of a small service. */
const SIZE = { heapMb: 1024, pageCacheMb: 512, optimised: true };

/** A Neo4j for this bench alone. */
export function benchNeo4j(): Promise<Neo4jAddress & AsyncDisposable> {
  return Neo4jServer.start(SIZE);
}

/** @param store `sqlite` or `neo4j`. */
export function openGraphOfBench(store: string): Promise<GraphOfBench> {
  if (store === 'neo4j') return openInNeo4j();
  if (store === 'sqlite') return openInSqlite();
  throw new Error(`${store} is neither sqlite nor neo4j`);
}

async function openInSqlite(): Promise<GraphOfBench> {
  const storage = await tempDir();
  const database = await Database.open(join(storage.path, 'bench.sqlite'));
  return {
    graph: database.service('graph'),
    async [Symbol.asyncDispose]() {
      await database.close();
      await storage[Symbol.asyncDispose]();
    },
  };
}

async function openInNeo4j(): Promise<GraphOfBench> {
  const server = await benchNeo4j();
  const neo4j = await Neo4jThread.open(server);
  return {
    graph: neo4j.graph,
    async [Symbol.asyncDispose]() {
      await neo4j.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
