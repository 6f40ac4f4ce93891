import { hostname } from 'node:os';
import { SqliteGraphStore } from '../drivers/sqlite/graph-store.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import type { GraphPart } from './graph-part.ts';

/** The map in the embedded file. */
export async function embeddedGraph(file: EmbeddedFile): Promise<GraphPart> {
  const database = await file.open();
  const store = database.service('store');
  return {
    graph: new SqliteGraphStore(database),
    identity: { id: await store.id(), place: `${file.path} on ${hostname()}` },
    name: 'store',
    ping: async () => void (await store.id()),
    close: async () => {},
  };
}
