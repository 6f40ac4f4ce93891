import type { CrawlOptions, OptionChanges } from '../../model/crawl-options.ts';
import type { TaskSpec } from '../../model/task.ts';
import type { Settings } from '../settings.ts';

type CrawlLimits = Pick<Settings, 'maxPages' | 'maxTaskSeconds' | 'hostConcurrency' | 'hostDelayMs'>;

/** A crawl of the whole site at `url` within the limits of the settings, but for what is changed. */
export function crawlOptionsFor(
  url: string,
  limits: CrawlLimits,
  changes: Partial<CrawlOptions> = {},
): CrawlOptions {
  return {
    url,
    depth: null,
    maxPages: limits.maxPages,
    render: 'auto',
    include: [],
    exclude: [],
    subdomains: false,
    hashRoutes: false,
    robots: true,
    sitemap: true,
    summarize: false,
    paginatedLists: 'sample',
    media: false,
    maxSeconds: limits.maxTaskSeconds,
    hostConcurrency: limits.hostConcurrency,
    hostDelayMs: limits.hostDelayMs,
    ...changes,
  };
}

/** A spec with changes laid over its options. */
export function amendedSpec(spec: TaskSpec, changes: OptionChanges): TaskSpec {
  return { ...spec, options: { ...spec.options, ...changes } };
}
