import { messageOf } from '../../src/core/errors.ts';
import { markRemovedPages } from '../../src/core/history/mark-removed-pages.ts';
import { parseSitemap } from '../../src/core/sitemap/parse-sitemap.ts';
import { canonicalUrl, MAX_URL_LENGTH, splitUrl } from '../../src/core/url/canonical-url.ts';
import type { Scope } from '../../src/core/url/scope.ts';
import type { CrawlOptions } from '../../src/model/crawl-options.ts';
import type { VisitedPage } from '../../src/model/fetched-page.ts';
import type { Discovery } from '../../src/model/frontier-url.ts';
import type { TaskResult } from '../../src/model/task-result.ts';
import type { DocumentClient } from '../../src/ports/fetcher.ts';
import type { Frontier } from '../../src/ports/frontier.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { RobotsCache } from '../politeness/robots-cache.ts';
import type { CrawlPlan, PlanResults, PlanStart } from './crawl-plan.ts';

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

  linksOf({ claim, url, parsed }: VisitedPage): readonly Discovery[] {
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

const MAX_SITEMAP_FILES = 50;
const MAX_SITEMAP_BYTES = 50 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

export interface DiscovererParts {
  readonly frontier: Frontier;
  readonly documents: DocumentClient;
  readonly robots: RobotsCache;
  readonly scope: Scope;
  readonly log: Logger;
}

/** Finds where the crawl begins: the seed, and what the site's sitemaps name. */
export class Discoverer {
  readonly #parts: DiscovererParts;

  constructor(parts: DiscovererParts) {
    this.#parts = parts;
  }

  /** Adds the seed and the URLs of sitemaps to the frontier. Doing it again changes nothing. */
  async discover(seed: string, options: CrawlOptions, signal: AbortSignal): Promise<void> {
    const { frontier } = this.#parts;
    await frontier.add([{ url: seed, host: splitUrl(seed).host, depth: 0, by: 'seed', foundOn: null }]);
    if (options.sitemap) await this.#readSitemaps(seed, signal);
  }

  async #readSitemaps(seed: string, signal: AbortSignal): Promise<void> {
    const policy = await this.#parts.robots.policy(seed);
    if (policy.kind === 'unreachable') return;
    const files = [...policy.sitemaps, new URL('/sitemap.xml', seed).href];
    const seen = new Set<string>();
    for (let url = files.shift(); url !== undefined && !signal.aborted; url = files.shift()) {
      if (seen.has(url) || seen.size >= MAX_SITEMAP_FILES) continue;
      seen.add(url);
      files.push(...(await this.#readSitemap(url)));
    }
  }

  /** Adds the pages of one sitemap; answers the sitemaps that it names. A site without one is no fault. */
  async #readSitemap(url: string): Promise<readonly string[]> {
    const { documents, frontier, log } = this.#parts;
    if (!this.#mayAsk(url)) return [];
    try {
      const answer = await documents.get(url, { maxBytes: MAX_SITEMAP_BYTES, timeoutMs: TIMEOUT_MS });
      if (answer.status !== 200) return [];
      const sitemap = parseSitemap(new TextDecoder().decode(answer.body));
      await frontier.add(sitemap.urls.flatMap((page) => this.#discovery(page, url)));
      return sitemap.sitemaps;
    } catch (error) {
      log.debug('a sitemap could not be read', { url, error: messageOf(error) });
      return [];
    }
  }

  /** Sitemaps on other hosts are not asked for: a redirect or a robots.txt never widens the scope. */
  #mayAsk(url: string): boolean {
    const canonical = canonicalUrl(url);
    return canonical !== null && this.#parts.scope.verdict(canonical) !== 'out-of-scope';
  }

  #discovery(page: string, sitemap: string): readonly Discovery[] {
    const url = canonicalUrl(page, sitemap);
    if (url === null) return [];
    const verdict = this.#parts.scope.verdict(url);
    const found = { url, host: splitUrl(url).host, depth: 1, by: 'sitemap', foundOn: null } as const;
    return [verdict === null ? found : { ...found, skip: verdict }];
  }
}
