import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type BrowserProxy, startBrowserProxy } from '../../pools/browser/browser-proxy.ts';
import { type FoundBrowser, findBrowser } from '../../pools/browser/find-browser.ts';
import { PlaywrightFetcher } from '../../pools/browser/playwright-fetcher.ts';
import type { HttpAgent } from '../../pools/http/http-agent.ts';
import { HttpFetcher } from '../../pools/http/http-fetcher.ts';
import type { GuardedLookup } from '../../pools/net/guarded-lookup.ts';
import { type Settings, tabsFor } from '../core/settings.ts';
import type { CrawlOptions } from '../model/crawl-options.ts';
import type { Clock } from '../ports/clock.ts';
import type { Fetcher } from '../ports/fetcher.ts';

const MEGABYTE = 1024 * 1024;

/** Creates fetchers. It searches the browser and starts its proxy when the first crawl needs them. */
export class Fetchers {
  readonly #settings: Settings;
  readonly #agent: HttpAgent;
  readonly #lookup: GuardedLookup;
  readonly #path: string;
  readonly #clock: Clock;
  #browser: Promise<FoundBrowser> | null = null;
  #proxy: Promise<BrowserProxy> | null = null;

  constructor(settings: Settings, agent: HttpAgent, lookup: GuardedLookup, path: string, clock: Clock) {
    this.#settings = settings;
    this.#agent = agent;
    this.#lookup = lookup;
    this.#path = path;
    this.#clock = clock;
  }

  /** `auto` uses the browser. */
  async create(options: CrawlOptions, mayFollow: (url: URL) => boolean): Promise<Fetcher> {
    return options.render === 'http' ? this.#http(mayFollow) : await this.#playwright(options, mayFollow);
  }

  async close(): Promise<void> {
    const proxy = await this.#proxy?.catch(() => null);
    await proxy?.close();
  }

  #http(mayFollow: (url: URL) => boolean): Fetcher {
    const { httpConcurrency, maxPageBytes, pageTimeoutSeconds } = this.#settings;
    return new HttpFetcher({
      agent: this.#agent,
      concurrency: httpConcurrency,
      maxBytes: maxPageBytes,
      timeoutMs: pageTimeoutSeconds * 1000,
      mayFollow,
    });
  }

  async #playwright({ media }: CrawlOptions, mayFollow: (url: URL) => boolean): Promise<Fetcher> {
    const { browserConcurrency, maxPageBytes, pageTimeoutSeconds, browserMaxPages, browserMaxMemoryMb } =
      this.#settings;
    const [browser, proxy] = await Promise.all([this.#findBrowser(), this.#startProxy()]);
    return new PlaywrightFetcher({
      browser,
      proxy,
      clock: this.#clock,
      media,
      mayFollow,
      concurrency: tabsFor(browserConcurrency, availableParallelism()),
      maxBytes: maxPageBytes,
      timeoutMs: pageTimeoutSeconds * 1000,
      pagesPerBrowser: browserMaxPages,
      maxMemoryBytes: browserMaxMemoryMb * MEGABYTE,
    });
  }

  #findBrowser(): Promise<FoundBrowser> {
    const { chromiumPath, storageDir } = this.#settings;
    this.#browser ??= findBrowser({
      executablePath: chromiumPath,
      path: this.#path,
      cacheDir: join(storageDir, 'browser'),
    });
    this.#browser.catch(() => {
      this.#browser = null;
    });
    return this.#browser;
  }

  #startProxy(): Promise<BrowserProxy> {
    this.#proxy ??= startBrowserProxy({ lookup: this.#lookup, maxBytes: this.#settings.maxPageBytes });
    this.#proxy.catch(() => {
      this.#proxy = null;
    });
    return this.#proxy;
  }
}
