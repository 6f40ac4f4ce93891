import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { RedisEventLog } from './event-log.ts';
import type { RedisFrontierStore } from './frontier.ts';
import type { RedisHostGate } from './host-gate.ts';
import { DEFAULT_NAMESPACE } from './keys.ts';

/** Stores of the same Redis and namespace, and what else the queue is made from. */
export interface TaskQueueParts {
  readonly events: RedisEventLog;
  readonly frontiers: RedisFrontierStore;
  readonly gate: RedisHostGate;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What the caller may give. */
export interface RedisTaskQueueOptions {
  /** What every key starts with; `wm` by default. */
  readonly namespace?: string;
  /** Tasks that may wait; further ones are refused with `too-many-tasks`. */
  readonly maxWaiting: number;
  /** Runs of a task after its first failure (3). */
  readonly retries?: number;
  /** Milliseconds before the first retry (60,000); before the next ones two and three times as long, and so on. */
  readonly retryDelayMs?: number;
  /** Seconds after its end at which a task expires with all of its keys (3600). */
  readonly resultExpiresSeconds?: number;
  /** How long a run holds its task without a sign of life, in milliseconds (12,000). */
  readonly lockMs?: number;
  /** How often each worker looks for tasks that were lost, in milliseconds (4000). */
  readonly stalledCheckMs?: number;
  /** Milliseconds between two sweeps over all tasks that have not ended, whichever worker does them (10,000). */
  readonly sweepMs?: number;
  /** Runs in a row that may be lost without having settled a page, before their task has failed (20). */
  readonly lossesAllowed?: number;
  /** Pages that must wait per participant before an idle worker joins a crawl (4). */
  readonly helpFromPages?: number;
}

/** The filled form. */
export type TaskQueueOptions = Required<RedisTaskQueueOptions>;

export function filledOptions(given: RedisTaskQueueOptions): TaskQueueOptions {
  return Object.freeze({
    namespace: DEFAULT_NAMESPACE,
    retries: 3,
    retryDelayMs: 60_000,
    resultExpiresSeconds: 3600,
    lockMs: 12_000,
    stalledCheckMs: 4000,
    sweepMs: 10_000,
    lossesAllowed: 20,
    helpFromPages: 4,
    ...given,
  });
}
