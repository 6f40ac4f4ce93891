import { workerData } from 'node:worker_threads';
import { serveThread } from '../system/thread-rpc.ts';
import { EventTable } from './event-log.ts';
import { GateTable } from './host-gate.ts';
import { sqliteMap } from './map/map-store.ts';
import { SqliteFile } from './sqlite-file.ts';
import { FrontierTable } from './tables/frontier-table.ts';
import { TaskTable } from './tables/task-table.ts';
import { WebhookTable } from './webhook-outbox.ts';

/** Each method is one atomic step. */
export type DatabaseServices = ReturnType<typeof openServices>;

function openServices(file: SqliteFile) {
  const frontier = new FrontierTable(file);
  const gate = new GateTable(file);
  const event = new EventTable(file);
  return {
    frontier,
    gate,
    task: new TaskTable(file, frontier, gate, event),
    event,
    webhook: new WebhookTable(file),
    graph: sqliteMap(file),
    file: { id: () => file.id() },
  };
}

await serveThread(() => {
  const { path } = workerData as { readonly path: string };
  const file = new SqliteFile(path);
  return { services: openServices(file), close: () => file.close() };
});
