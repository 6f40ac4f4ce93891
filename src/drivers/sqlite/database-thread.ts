import { parentPort, workerData } from 'node:worker_threads';
import { CLOSE, failureReply, OPENING, type ReplyMessage } from '../../core/thread-calls.ts';
import { AnalysisTable } from './map/analysis-writer.ts';
import { GraphTable } from './map/graph-table.ts';
import { HistoryTable } from './map/history-table.ts';
import { SummaryTable } from './map/summary-writer.ts';
import type { CallMessage, Services } from './messages.ts';
import { SqliteFile } from './sqlite-file.ts';
import { EventTable } from './tables/event-table.ts';
import { FrontierTable } from './tables/frontier-table.ts';
import { GateTable } from './tables/gate-table.ts';
import { MapTable } from './tables/map/map-table.ts';
import { StoreTable } from './tables/store-table.ts';
import { TaskTable } from './tables/task-table.ts';
import { WebhookTable } from './tables/webhook-table.ts';

const port = parentPort;
if (port === null) throw new Error('the database runs on a worker thread');

function answer(message: ReplyMessage): void {
  port?.postMessage(message);
}

function openServices(file: SqliteFile): Services {
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

function serve(services: Services, { id, service, method, args }: CallMessage): void {
  try {
    const target = services[service];
    const call: unknown = Reflect.get(target, method);
    if (typeof call !== 'function') throw new Error(`there is no ${service}.${method}`);
    answer({ id, ok: true, value: Reflect.apply(call, target, args) });
  } catch (error) {
    answer(failureReply(id, error));
  }
}

try {
  const { path } = workerData as { readonly path: string };
  const file = new SqliteFile(path);
  const services = openServices(file);
  port.on('message', (message: CallMessage | typeof CLOSE) => {
    if (message !== CLOSE) return serve(services, message);
    file.close();
    port.close();
  });
  answer({ id: OPENING, ok: true, value: null });
} catch (error) {
  answer(failureReply(OPENING, error));
}
