import type { TaskSpec } from '../../model/task.ts';
import type { TaskResult } from '../../model/task-result.ts';

/** Members of stored JSON under the names that versions before the domain model wrote, with the names of today. */
type Renames = Readonly<Record<string, string>>;

const SPEC_RENAMES: Renames = { board: 'list' };

const OPTION_RENAMES: Renames = { boards: 'paginatedLists' };

const RESULT_RENAMES: Renames = {
  pages_crawled: 'pagesCrawled',
  pages_failed: 'pagesFailed',
  pages_skipped: 'pagesSkipped',
  total_nodes: 'totalNodes',
  boards: 'paginatedLists',
  execution_time: 'executionTime',
  pages_per_second: 'pagesPerSecond',
  ended_early: 'endedEarly',
  pages_gone: 'pagesRemoved',
  board: 'pagination',
};

/** Reads the JSON of a spec, whichever version of Waymark stored it. */
export function readStoredSpec(json: string): TaskSpec {
  const spec = renamed(JSON.parse(json) as TaskSpec, SPEC_RENAMES);
  return { ...spec, options: renamed(spec.options, OPTION_RENAMES) };
}

/** Reads the JSON of a result, whichever version of Waymark stored it. */
export function readStoredResult(json: string): TaskResult {
  return renamed(JSON.parse(json) as TaskResult, RESULT_RENAMES);
}

function renamed<T extends object>(stored: T, names: Renames): T {
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => [names[name] ?? name, value])) as T;
}
