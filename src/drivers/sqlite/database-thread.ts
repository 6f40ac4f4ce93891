import { workerData } from 'node:worker_threads';
import { serveThread } from '../system/thread-rpc.ts';
import { AnalysisTable } from './map/analysis-writer.ts';
import { GraphTable } from './map/graph-table.ts';
import { HistoryTable } from './map/history-table.ts';
import { SummaryTable } from './map/summary-writer.ts';
import { SqliteFile } from './sqlite-file.ts';
import { EventTable } from './tables/event-table.ts';
import { FrontierTable } from './tables/frontier-table.ts';
import { GateTable } from './tables/gate-table.ts';
import { MapTable } from './tables/map/map-table.ts';
import { StoreTable } from './tables/store-table.ts';
import { TaskTable } from './tables/task-table.ts';
import { WebhookTable } from './tables/webhook-table.ts';

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
    graph: new GraphTable(file),
    siteOverview: new AnalysisTable(file),
    map: new MapTable(file),
    history: new HistoryTable(file),
    store: new StoreTable(file),
    summary: new SummaryTable(file),
  };
}

await serveThread(() => {
  const { path } = workerData as { readonly path: string };
  const file = new SqliteFile(path);
  return { services: openServices(file), close: () => file.close() };
});
