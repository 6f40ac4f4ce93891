import type { FrontierCounts } from '../../ports/frontier.ts';
import type { TaskProgress } from '../../ports/task-queue.ts';

/** The stages of a crawl with the progress (0 to 100) at which each begins. */
export const STAGES = {
  starting: { progress: 0, message: 'Starting crawl' },
  discovering: { progress: 10, message: 'Discovering pages' },
  crawling: { progress: 30, message: 'Crawling pages' },
  analysing: { progress: 60, message: 'Analyzing structure' },
  saving: { progress: 90, message: 'Saving to database' },
} as const satisfies Record<string, TaskProgress>;

/** How far the crawling stage is, from what is settled of what is known. */
export function crawlingProgress(counts: FrontierCounts, maxPages: number | null): TaskProgress {
  const settled = counts.done + counts.failed;
  const toVisit = settled + counts.pending + counts.active;
  const most = maxPages === null ? toVisit : Math.min(toVisit, maxPages + counts.failed);
  const share = most === 0 ? 0 : Math.min(1, settled / most);
  const span = STAGES.analysing.progress - STAGES.crawling.progress;
  return {
    progress: STAGES.crawling.progress + Math.floor(span * share),
    message: `${STAGES.crawling.message}: ${counts.done} done, ${counts.pending + counts.active} to go`,
  };
}
