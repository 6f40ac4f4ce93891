import type { FrontierCounts } from '../../model/frontier-url.ts';
import type { TaskProgress } from '../../model/task.ts';

/** The stages of a crawl with the progress (0 to 100) at which each starts. */
export const STAGES = {
  starting: { progress: 0, message: 'Starting crawl' },
  discovering: { progress: 10, message: 'Discovering pages' },
  crawling: { progress: 30, message: 'Crawling pages' },
  analysing: { progress: 60, message: 'Analyzing structure' },
  summarising: { progress: 80, message: 'Generating summaries' },
  saving: { progress: 90, message: 'Saving to database' },
} as const satisfies Record<string, TaskProgress>;

/** Progress of the crawling stage: the share of completed URLs. */
export function crawlingProgress(counts: FrontierCounts, maxPages: number | null): TaskProgress {
  const completed = counts.done + counts.failed;
  const toVisit = completed + counts.pending + counts.active;
  const total = maxPages === null ? toVisit : Math.min(toVisit, maxPages + counts.failed);
  const share = total === 0 ? 0 : Math.min(1, completed / total);
  const span = STAGES.analysing.progress - STAGES.crawling.progress;
  return {
    progress: STAGES.crawling.progress + Math.floor(span * share),
    message: `${STAGES.crawling.message}: ${counts.done} done, ${counts.pending + counts.active} queued or in progress`,
  };
}

/** The steps of the analysis: the progress at which each begins and ends, and what it looks for. */
const STEPS = {
  clicks: { from: 60, to: 66, message: 'click depths' },
  lists: { from: 66, to: 72, message: 'paginated lists' },
  groups: { from: 72, to: 80, message: 'groups of pages with the same layout' },
} as const;

/** How far the analysis is: in one of its steps, after so many of the site's pages. */
export function analysingProgress(step: keyof typeof STEPS, read: number, pages: number): TaskProgress {
  const { from, to, message } = STEPS[step];
  const share = pages === 0 ? 0 : Math.min(1, read / pages);
  return {
    progress: from + Math.floor((to - from) * share),
    message: `${STAGES.analysing.message}: ${message}`,
  };
}
