import type { DispatchQueues } from '../api/queues/queue-board.ts';
import type { GraphIdentity } from '../drivers/redis/claim-graph.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { FrontierStore } from '../ports/frontier.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { HostGate } from '../ports/host-gate.ts';
import type { TaskQueue } from '../ports/task-queue.ts';
import type { WebhookOutbox } from '../ports/webhook-outbox.ts';

/** What is known of tasks. */
export interface TaskDesk {
  readonly tasks: TaskQueue;
  readonly events: EventLog;
  readonly frontiers: FrontierStore;
  readonly webhooks: WebhookOutbox;
}

/** Where tasks, frontiers, events and the gate of hosts are kept. Calls wait while the store cannot be reached. */
export interface TaskPart extends TaskDesk {
  readonly gate: HostGate;
  /** The clock that all processes with these tasks share. */
  readonly clock: Clock;
  /** The same for callers of the API: every call is answered or rejected within seconds. */
  readonly desk: TaskDesk;
  /** For an operator's view; null where nothing is dispatched. */
  readonly dispatchQueues: DispatchQueues | null;
  /** As `/ready` calls it. */
  readonly name: string;
  /** Rejects if the store does not answer. */
  ping(): Promise<void>;
  /** Rejects with `graph-not-shared` if these tasks keep their pages in another graph. */
  tieTo(graph: GraphIdentity): Promise<void>;
  close(): Promise<void>;
}

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
