import { markRemovedPages } from '../../src/core/history/mark-removed-pages.ts';
import { MAX_URL_LENGTH } from '../../src/core/url/canonical-url.ts';
import type { CrawlOptions } from '../../src/model/crawl-options.ts';
import type { Discovery } from '../../src/model/frontier-url.ts';
import type { TaskResult } from '../../src/model/task-result.ts';
import type { WritablePage } from '../pages/writer.ts';
import type { CrawlPlan, PlanResults, PlanStart } from './crawl-plan.ts';
import { Discoverer } from './discoverer.ts';

/** A whole site: from the seed and the sitemaps along every link in scope. */
export class SitePlan implements CrawlPlan {
  readonly #seed: string;
  readonly #options: CrawlOptions;

  /** `seed` is canonical. */
  constructor(seed: string, options: CrawlOptions) {
    this.#seed = seed;
    this.#options = options;
  }

  async begin({ signal, ...parts }: PlanStart): Promise<void> {
    await new Discoverer(parts).discover(this.#seed, this.#options, signal);
  }

  linksOf({ claim, url, parsed }: WritablePage): readonly Discovery[] {
    return parsed.found.map(({ url: link, host, skip }) => {
      const kept = link.slice(0, MAX_URL_LENGTH);
      const found = { url: kept, host, depth: claim.depth + 1, by: 'link', foundOn: url } as const;
      return skip === null ? found : { ...found, skip };
    });
  }

  enough(): null {
    return null;
  }

  async conclude(results: PlanResults): Promise<Pick<TaskResult, 'pagesRemoved'>> {
    const readsSitemaps = this.#options.sitemap;
    return { pagesRemoved: await markRemovedPages({ ...results, readsSitemaps }) };
  }
}
