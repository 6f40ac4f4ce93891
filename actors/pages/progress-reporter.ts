import { crawlingProgress } from '../../src/core/crawl/progress.ts';
import type { Outcome } from '../../src/model/frontier-url.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { EventLog } from '../../src/ports/event-log.ts';
import type { RunContext } from '../../src/ports/task-queue.ts';
import type { Written } from './writer.ts';

const PROGRESS_EVERY_MS = 500;

export interface ProgressReporterParts {
  readonly run: RunContext;
  readonly events: EventLog;
  readonly clock: Clock;
}

/** Appends an event for each completed page and, at most twice a second, reports the progress of the crawl. */
export class ProgressReporter {
  readonly #parts: ProgressReporterParts;
  #reportedAt = 0;

  constructor(parts: ProgressReporterParts) {
    this.#parts = parts;
  }

  async report({ outcomes, report: { counts } }: Written): Promise<void> {
    const { run, events, clock } = this.#parts;
    await events.append(run.task.id, outcomes.map(pageEvent));
    const now = clock.now();
    if (now - this.#reportedAt < PROGRESS_EVERY_MS) return;
    this.#reportedAt = now;
    await run.report(crawlingProgress(counts, run.task.spec.options.maxPages));
  }
}

function pageEvent(outcome: Outcome) {
  const { claim, kind } = outcome;
  const reason = 'reason' in outcome ? outcome.reason : null;
  return { type: 'page', data: { url: claim.url, state: kind, reason, depth: claim.depth } } as const;
}
