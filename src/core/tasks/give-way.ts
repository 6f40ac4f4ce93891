/** Runs at once, in multiples of the concurrency, when runs without progress give way to waiting tasks. */
const MAX_OVERCOMMIT = 2;

export interface GiveWayRule {
  readonly concurrency: number;
  /** Milliseconds without progress after which a run no longer counts against the concurrency. Default: never. */
  readonly giveWayMs?: number | undefined;
}

/**
 * Whether a worker may start one more task, by the time of each run's last progress. Runs without progress go on, but
 * no longer count: a task that stands still cannot keep others waiting. At most twice the concurrency runs at once.
 */
export function mayStartTask(progressAt: readonly number[], rule: GiveWayRule, now: number): boolean {
  const { concurrency, giveWayMs = Number.POSITIVE_INFINITY } = rule;
  if (progressAt.length >= concurrency * MAX_OVERCOMMIT) return false;
  return progressAt.filter((at) => now - at < giveWayMs).length < concurrency;
}
