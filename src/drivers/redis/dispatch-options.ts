import type { QueueOptions, WorkerOptions } from 'bullmq';

/** Entries of BullMQ's own event stream, which nobody reads; its default is 10,000 for each queue. */
const BULL_EVENTS_KEPT = 100;
/** Our record counts lost runs and gives up; BullMQ must never fail a job because its workers died. */
const NEVER_GIVE_UP = 1_000_000;

/**
 * Every option of BullMQ that would lose or hoard work, set on purpose. A job is no more than a note that a task waits:
 * a lost one is written again, and one too many finds that its task is taken.
 */
export const QUEUE_OPTIONS = {
  streams: { events: { maxLen: BULL_EVENTS_KEPT } },
  /** `checkRedis` asks for a newer version than BullMQ does. */
  skipVersionCheck: true,
  defaultJobOptions: {
    /** Whether and when a task runs again is decided by its record. */
    attempts: 1,
    backoff: 0,
    /** By default finished jobs are kept for ever. What became of a task is in its record. */
    removeOnComplete: true,
    removeOnFail: true,
    keepLogs: 0,
    stackTraceLimit: 0,
  },
} as const satisfies Partial<QueueOptions>;

/** Options of the side that takes jobs. `lockMs`: without a sign of life for so long a job is given to another worker. */
export function takerOptions(lockMs: number, stalledCheckMs: number) {
  return {
    skipVersionCheck: true,
    /** Jobs are fetched by hand, one for each free place: no worker holds what another could run (prefetch of one). */
    autorun: false,
    concurrency: 1,
    lockDuration: lockMs,
    /** Runs prolong the lock themselves, together with the lease of the record. */
    skipLockRenewal: true,
    /** Halved, because BullMQ needs two checks to give a job back and skips one now and then. */
    stalledInterval: stalledCheckMs / 2,
    maxStalledCount: NEVER_GIVE_UP,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  } as const satisfies Partial<WorkerOptions>;
}
