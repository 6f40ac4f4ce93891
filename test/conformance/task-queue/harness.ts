import type { EventLog } from '../../../src/ports/event-log.ts';
import type { FrontierStore } from '../../../src/ports/frontier.ts';
import type { HostGate } from '../../../src/ports/host-gate.ts';
import type { TaskQueue } from '../../../src/ports/task-queue.ts';
import type { SimulatedClock } from '../../support/simulated-clock.ts';

/** Tasks that may wait in a queue under test. */
export const MAX_WAITING = 5;

/** A real process that has taken a task and will never end it. */
export interface Holder extends AsyncDisposable {
  /** Ends it the hard way (SIGKILL) and waits until it is dead. */
  kill(): Promise<void>;
}

/** A queue of its own for one test, with the other stores that it must agree with. */
export interface TaskQueueHarness extends AsyncDisposable {
  readonly queue: TaskQueue;
  readonly events: EventLog;
  readonly frontiers: FrontierStore;
  readonly gate: HostGate;
  readonly clock: SimulatedClock;
  /** Starts a process that takes the oldest task, opens its crawl, adds `http://site.test/` and claims it. */
  startHolder(): Promise<Holder>;
}

export type OpenQueue = () => Promise<TaskQueueHarness>;
