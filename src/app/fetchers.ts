import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FoundBrowser, findBrowser } from '../../pools/browser/find-browser.ts';
import { ProcessFetcher } from '../../pools/browser/process-fetcher.ts';
import { type Settings, tabsFor } from '../core/settings.ts';
import { compileScope, mayFollow } from '../core/url/scope.ts';
import { workerFile } from '../core/worker-file.ts';
import type { CrawlOptions, ScopeRules } from '../model/crawl-options.ts';
import type { Clock } from '../ports/clock.ts';
import type { Fetcher } from '../ports/fetcher.ts';
import type { Logger } from '../ports/logger.ts';
import type { CrawlNetwork } from './crawl-network.ts';

const MEGABYTE = 1024 * 1024;
const PROCESS_FILE = fileURLToPath(workerFile('./browser-process.ts', import.meta.url));
/** What the profile of one browser may take on disk. */
const MAX_PROFILE_BYTES = 500 * MEGABYTE;

export interface FetchersOptions {
  readonly settings: Settings;
  /** The `PATH` for the search for a browser. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Creates fetchers. It searches for the browser when the first crawl needs one; each crawl gets a browser process of its own. */
export class Fetchers {
  readonly #options: FetchersOptions;
  #browser: Promise<FoundBrowser> | null = null;

  constructor(options: FetchersOptions) {
    this.#options = options;
  }

  /** `auto` uses the browser. Rejects with `browser-not-found`. */
  async create(options: CrawlOptions, scope: ScopeRules, network: CrawlNetwork): Promise<Fetcher> {
    return options.render === 'http'
      ? await this.#http(scope, network)
      : await this.#inBrowser(options, scope, network);
  }

  /** Crawlee takes most of a second to load; a crawl in the browser needs it only in the browser's process. */
  async #http(rules: ScopeRules, { agent }: CrawlNetwork): Promise<Fetcher> {
    const { HttpFetcher } = await import('../../pools/http/http-fetcher.ts');
    const { httpConcurrency, maxPageBytes, pageTimeoutSeconds } = this.#options.settings;
    const scope = compileScope(rules);
    return new HttpFetcher({
      agent,
      concurrency: httpConcurrency,
      maxBytes: maxPageBytes,
      timeoutMs: pageTimeoutSeconds * 1000,
      mayFollow: (target) => mayFollow(scope, target),
    });
  }

  async #inBrowser(
    { media }: CrawlOptions,
    scope: ScopeRules,
    { allowedPrivateHosts }: CrawlNetwork,
  ): Promise<Fetcher> {
    const { settings, clock, log } = this.#options;
    const job = {
      browser: await this.#findBrowser(),
      scope,
      media,
      allowedPrivateHosts,
      concurrency: tabsFor(settings.browserConcurrency, availableParallelism()),
      maxBytes: settings.maxPageBytes,
      timeoutMs: settings.pageTimeoutSeconds * 1000,
      pagesPerBrowser: settings.browserMaxPages,
      maxMemoryBytes: settings.browserMaxMemoryMb * MEGABYTE,
      maxProfileBytes: MAX_PROFILE_BYTES,
    };
    return new ProcessFetcher({ job, processFile: PROCESS_FILE, tempDir: tmpdir(), clock, log });
  }

  #findBrowser(): Promise<FoundBrowser> {
    const { settings, path } = this.#options;
    this.#browser ??= findBrowser({
      executablePath: settings.chromiumPath,
      path,
      cacheDir: join(settings.storageDir, 'browser'),
    });
    this.#browser.catch(() => {
      this.#browser = null;
    });
    return this.#browser;
  }
}
