import { compileScope } from '../../src/core/url/scope.ts';
import type { ScopeRules } from '../../src/model/crawl-options.ts';
import type { TaskRecord } from '../../src/model/task.ts';
import type { Frontier, FrontierStore } from '../../src/ports/frontier.ts';

export interface CrawlFrontierParts {
  readonly frontiers: FrontierStore;
  readonly scope: ScopeRules;
  /** URLs that one crawl keeps track of. */
  readonly maxUrls: number;
}

/** Opens the frontier of a task's crawl under its options, and lets what it knows follow if they were changed. */
export async function openCrawlFrontier(
  { id, spec, amendments }: TaskRecord,
  { frontiers, scope, maxUrls }: CrawlFrontierParts,
): Promise<Frontier> {
  const limits = { maxPages: spec.options.maxPages, maxDepth: spec.options.depth, maxUrls };
  const frontier = await frontiers.open(id, limits);
  if (amendments === 0 || spec.kind !== 'crawl') return frontier;
  const { verdict } = compileScope(scope);
  await frontier.amend({ revision: amendments, limits, verdict });
  return frontier;
}
