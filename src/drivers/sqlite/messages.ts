import type { AnalysisTable } from './map/analysis-writer.ts';
import type { GraphTable } from './map/graph-table.ts';
import type { HistoryTable } from './map/history-table.ts';
import type { SummaryTable } from './map/summary-writer.ts';
import type { EventTable } from './tables/event-table.ts';
import type { FrontierTable } from './tables/frontier-table.ts';
import type { GateTable } from './tables/gate-table.ts';
import type { MapTable } from './tables/map/map-table.ts';
import type { StoreTable } from './tables/store-table.ts';
import type { TaskTable } from './tables/task-table.ts';
import type { WebhookTable } from './tables/webhook-table.ts';

/** What the database thread offers. Each method is one atomic step. */
export interface Services {
  readonly frontier: FrontierTable;
  readonly gate: GateTable;
  readonly task: TaskTable;
  readonly event: EventTable;
  readonly webhook: WebhookTable;
  readonly graph: GraphTable;
  readonly siteOverview: AnalysisTable;
  readonly map: MapTable;
  readonly history: HistoryTable;
  readonly store: StoreTable;
  readonly summary: SummaryTable;
}

export type ServiceName = keyof Services;

/** A service as it looks from the other thread. */
export type Remote<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;
};

export interface CallMessage {
  readonly id: number;
  readonly service: ServiceName;
  readonly method: string;
  readonly args: readonly unknown[];
}
