import type { DispatchQueues } from '../api/queues/queue-board.ts';
import type { GraphIdentity } from '../drivers/redis/claim-graph.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { FrontierStore } from '../ports/frontier.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { HostGate } from '../ports/host-gate.ts';
import type { TaskQueue } from '../ports/task-queue.ts';
import type { WebhookOutbox } from '../ports/webhook-outbox.ts';

/** The stores of tasks. */
export interface TaskDesk {
  readonly tasks: TaskQueue;
  readonly events: EventLog;
  readonly frontiers: FrontierStore;
  readonly webhooks: WebhookOutbox;
}

/** Tasks, frontiers, events and the host gate. Calls wait while the store is unavailable. */
export interface TaskPart extends TaskDesk {
  readonly gate: HostGate;
  /** The clock that all processes with these tasks share. */
  readonly clock: Clock;
  /** The same stores for the API: every call resolves or rejects within seconds. */
  readonly desk: TaskDesk;
  /** The queues for the operator's board; null without Redis. */
  readonly dispatchQueues: DispatchQueues | null;
  /** Name in the response of `/ready`. */
  readonly name: string;
  /** Rejects if the store is unavailable. */
  ping(): Promise<void>;
  /** Binds the tasks to a map. Rejects with `graph-not-shared` if they are bound to another one. */
  tieTo(graph: GraphIdentity): Promise<void>;
  close(): Promise<void>;
}

/** The store of the map. */
export interface GraphPart {
  readonly graph: GraphStore;
  readonly identity: GraphIdentity;
  /** Name in the response of `/ready`. */
  readonly name: string;
  /** Rejects if the store is unavailable. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
