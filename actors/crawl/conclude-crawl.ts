import { STAGES } from '../../src/core/crawl/progress.ts';
import { WaymarkError } from '../../src/core/errors.ts';
import type { Scope } from '../../src/core/url/scope.ts';
import type { FrontierCounts } from '../../src/model/frontier-url.ts';
import type { TaskResult } from '../../src/model/task-result.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { RunContext } from '../../src/ports/task-queue.ts';
import type { SummaryPipeline } from '../summaries/summary-pipeline.ts';
import { type AnalysisParts, analyseCrawl } from './analyse-crawl.ts';
import type { CrawlPlan, PlanResults } from './crawl-plan.ts';

export interface ConclusionParts {
  readonly run: RunContext;
  readonly frontier: Frontier;
  readonly graph: AnalysisParts['graph'] & PlanResults['graph'];
  readonly plan: CrawlPlan;
  readonly scope: Scope;
  readonly summaries: SummaryPipeline | null;
  readonly clock: Clock;
  /** Start of the run (epoch ms). */
  readonly startedAt: number;
}

/**
 * Runs after the last page: analyses the crawl and returns its result. Safe to repeat after a crash. Rejects with
 * `seed-failed` for a crawl without a page.
 */
export async function concludeCrawl(parts: ConclusionParts): Promise<TaskResult> {
  const { run, frontier, graph, plan, scope, summaries, clock, startedAt } = parts;
  const { id: crawlId, spec, ranMs } = run.task;
  await run.report(STAGES.analysing);
  const counts = await frontier.counts();
  if (counts.done === 0) await failWithoutPages(spec.options.url, frontier, counts);
  const { lists, groups } = await analyseCrawl({ run, frontier, graph, at: clock.now() });
  if (summaries !== null) {
    await run.report(STAGES.summarising);
    await summaries.finish(run.signal);
  }
  await run.report(STAGES.saving);
  const stored = await graph.counts(crawlId);
  const seconds = (ranMs + clock.now() - startedAt) / 1000;
  return {
    status: 'completed',
    url: spec.options.url,
    pagesCrawled: counts.done,
    pagesFailed: counts.failed,
    pagesSkipped: counts.skipped,
    sections: stored.sections,
    links: stored.links,
    totalNodes: stored.nodes,
    paginatedLists: lists,
    groups,
    executionTime: round(seconds),
    pagesPerSecond: round(counts.done / Math.max(seconds, 0.001)),
    reasons: await frontier.reasons(),
    endedEarly: await frontier.closeReason(),
    ...(summaries === null ? {} : { summaries: await summaries.report() }),
    ...(await plan.conclude({ crawlId, frontier, graph, scope, at: clock.now() })),
  };
}

/** A crawl without a page is never a success: it fails with the reason of its seed. */
async function failWithoutPages(url: string, frontier: Frontier, counts: FrontierCounts): Promise<never> {
  const { rows } = await frontier.ledger({ cursor: null, limit: 1, state: null });
  const [seed] = rows;
  const why =
    seed === undefined
      ? 'nothing was found'
      : `${seed.reason ?? seed.state}${seed.detail ? `: ${seed.detail}` : ''}`;
  throw new WaymarkError('seed-failed', `${url} could not be crawled (${why}); URLs seen: ${counts.found}.`);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
