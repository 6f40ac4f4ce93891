import { messageOf } from '../../src/core/errors.ts';
import { markRemovedPages } from '../../src/core/history/mark-removed-pages.ts';
import { canonicalUrl, MAX_URL_LENGTH, splitUrl, writtenUrl } from '../../src/core/url/canonical-url.ts';
import type { CrawlOptions } from '../../src/model/crawl-options.ts';
import type { VisitedPage } from '../../src/model/fetched-page.ts';
import type { Discovery } from '../../src/model/frontier-url.ts';
import type { TaskResult } from '../../src/model/task-result.ts';
import type { CrawlPlan, PlanResults, PlanStart } from './crawl-plan.ts';

/** Visits a whole site: the seed, the URLs of its sitemaps, and every link in scope. */
export class SitePlan implements CrawlPlan {
  readonly #seed: string;
  readonly #options: CrawlOptions;

  /** `seed` is canonical. */
  constructor(seed: string, options: CrawlOptions) {
    this.#seed = seed;
    this.#options = options;
  }

  async begin(start: PlanStart): Promise<void> {
    await new SeedDiscovery(start).discover(this.#seed, this.#options);
  }

  linksOf({ claim, url, parsed }: VisitedPage): readonly Discovery[] {
    return parsed.found.map(({ url: link, host, skip, spelling }) => {
      const kept = link.slice(0, MAX_URL_LENGTH);
      const found = { url: kept, host, depth: claim.depth + 1, by: 'link', foundOn: url } as const;
      return {
        ...found,
        ...(skip === null ? {} : { skip }),
        ...(spelling === undefined ? {} : { spelling }),
      };
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

const MAX_SITEMAP_FILES = 50;
/** Entries of all sitemaps of a crawl, those that the frontier has already included. */
const MAX_SITEMAP_ENTRIES = 1_000_000;

/** Finds where the crawl begins: at the seed and at the pages that the site's sitemaps list. */
class SeedDiscovery {
  readonly #parts: PlanStart;
  /** Sitemaps that were read, and those to read, in the order in which they were found. */
  readonly #files = new Set<string>();
  #entriesLeft = MAX_SITEMAP_ENTRIES;

  constructor(parts: PlanStart) {
    this.#parts = parts;
  }

  /** Adds the seed and the URLs of sitemaps to the frontier. Idempotent. */
  async discover(seed: string, options: CrawlOptions): Promise<void> {
    const { frontier } = this.#parts;
    const written = writtenUrl(options.url, undefined, options) ?? { url: seed };
    await frontier.add([{ ...written, host: splitUrl(seed).host, depth: 0, by: 'seed', foundOn: null }]);
    if (options.sitemap) await this.#readSitemaps(seed);
  }

  async #readSitemaps(seed: string): Promise<void> {
    const { robots, signal } = this.#parts;
    const policy = await robots.policy(seed);
    if (policy.kind === 'unreachable') return;
    this.#enqueue([...policy.sitemaps, new URL('/sitemap.xml', seed).href]);
    // The iteration also visits sitemaps that are added while it runs.
    for (const file of this.#files) {
      if (signal.aborted || this.#entriesLeft === 0) return;
      if (this.#isInScope(file)) await this.#readSitemap(file);
    }
  }

  #enqueue(files: readonly string[]): void {
    for (const file of files) {
      if (this.#files.size >= MAX_SITEMAP_FILES) return;
      this.#files.add(file);
    }
  }

  /** Adds what one sitemap lists. A site without a sitemap is no fault. */
  async #readSitemap(file: string): Promise<void> {
    const { sitemaps, frontier, log, signal } = this.#parts;
    try {
      for await (const entries of sitemaps.read(file, signal)) {
        this.#enqueue(entries.sitemaps);
        const pages = entries.urls.slice(0, this.#entriesLeft);
        this.#entriesLeft -= pages.length;
        if (pages.length > 0) await frontier.add(pages.flatMap((page) => this.#discovery(page, file)));
        if (this.#entriesLeft === 0) return;
      }
    } catch (error) {
      log.debug('could not read a sitemap', { url: file, error: messageOf(error) });
    }
  }

  /** A robots.txt or a sitemap never widens the scope: sitemaps on other hosts are not fetched. */
  #isInScope(file: string): boolean {
    const canonical = canonicalUrl(file);
    return canonical !== null && this.#parts.scope.verdict(canonical) !== 'out-of-scope';
  }

  #discovery(page: string, sitemap: string): readonly Discovery[] {
    const written = writtenUrl(page, sitemap);
    if (written === null) return [];
    const verdict = this.#parts.scope.verdict(written.url);
    const { host } = splitUrl(written.url);
    const found = { ...written, host, depth: 1, by: 'sitemap', foundOn: null } as const;
    return [verdict === null ? found : { ...found, skip: verdict }];
  }
}
