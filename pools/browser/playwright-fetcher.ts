import { chromium } from 'playwright';
import { PageError } from '../../src/core/ledger/page-error.ts';
import { USER_AGENT } from '../../src/core/net/user-agent.ts';
import type { Claim } from '../../src/model/frontier-url.ts';
import type { Fetcher, PageSink, PageSource } from '../../src/ports/fetcher.ts';
import {
  AUTOSCALING,
  COMMON_OPTIONS,
  crawleeConfig,
  type PlaywrightCrawlerOptions,
  type PlaywrightCrawlingContext,
} from '../crawlee/crawlee.ts';
import { FrontierRequestManager, pageFailure } from '../crawlee/frontier-request-manager.ts';
import { browserMemory } from './browser-memory.ts';
import type { BrowserProxy } from './browser-proxy.ts';
import { settledContent } from './dom-quiet.ts';
import type { FoundBrowser } from './find-browser.ts';
import { NavigationOutcome } from './navigation-outcome.ts';
import type { Tab } from './tab.ts';
import { TabCrawler } from './tab-pool.ts';

export interface PlaywrightFetcherOptions {
  readonly browser: FoundBrowser;
  readonly proxy: BrowserProxy;
  /** Tabs open at once, at most. */
  readonly concurrency: number;
  /** Of one document, in bytes. */
  readonly maxBytes: number;
  /** For loading one page, in milliseconds. */
  readonly timeoutMs: number;
  /** Load pictures, fonts and media too. */
  readonly media: boolean;
  /** Whether a redirect leads where the crawl may go. */
  readonly mayFollow: (target: URL) => boolean;
  /** Pages after which a browser is replaced. */
  readonly pagesPerBrowser: number;
  /** Memory of the browsers at which they are replaced, in bytes. */
  readonly maxMemoryBytes: number;
}

const VISITS_PER_TAB = 100;
const SETTLE = { quietMs: 60, totalMs: 3000 } as const;
/** Visits between two looks at the memory of the browsers. */
const VISITS_PER_MEMORY_CHECK = 20;
/** Film, sound, pictures and fonts cost time and say nothing that the map needs. */
const WITHOUT_MEDIA = ['--blink-settings=imagesEnabled=false', '--disable-remote-fonts', '--mute-audio'];
/** Names are resolved and connections made by the proxy alone. */
const NO_WAY_AROUND = ['--force-webrtc-ip-handling-policy=disable_non_proxied_udp', '--disable-quic'];

/** Visits pages with a real browser, in tabs that are used again. */
export class PlaywrightFetcher implements Fetcher {
  readonly #options: PlaywrightFetcherOptions;
  readonly #judge: NavigationOutcome;
  #crawler: TabCrawler | null = null;
  #stopped = false;
  #visits = 0;

  constructor(options: PlaywrightFetcherOptions) {
    this.#options = Object.freeze({ ...options });
    this.#judge = new NavigationOutcome(options.proxy, options.mayFollow);
  }

  async run(source: PageSource, sink: PageSink): Promise<void> {
    const requestManager = new FrontierRequestManager(source);
    const crawler = new TabCrawler(
      this.#crawlerOptions(requestManager, sink),
      requestManager,
      this.#tabOptions(),
      crawleeConfig(),
    );
    this.#crawler = crawler;
    try {
      if (!this.#stopped) await crawler.run();
    } finally {
      await crawler.teardown();
    }
  }

  wake(): void {
    void this.#crawler?.autoscaledPool?.notify();
  }

  async stop(how: 'drain' | 'abort'): Promise<void> {
    this.#stopped = true;
    if (how === 'drain') this.#crawler?.stop();
    else await this.#crawler?.autoscaledPool?.abort();
  }

  #tabOptions() {
    const { maxBytes, media, pagesPerBrowser } = this.#options;
    return { maxBytes, media, visitsPerTab: VISITS_PER_TAB, visitsPerBrowser: pagesPerBrowser };
  }

  #crawlerOptions(requestManager: FrontierRequestManager, sink: PageSink): PlaywrightCrawlerOptions {
    const { concurrency, timeoutMs } = this.#options;
    return {
      ...COMMON_OPTIONS,
      launchContext: this.#launchContext(),
      browserPoolOptions: {
        useFingerprints: false,
        maxOpenPagesPerBrowser: concurrency + 2,
        retireBrowserAfterPageCount: Number.MAX_SAFE_INTEGER,
        retireInactiveBrowserAfterSecs: 60,
        closeInactiveBrowserAfterSecs: 60,
      },
      navigationTimeoutSecs: timeoutMs / 1000,
      requestHandlerTimeoutSecs: 3600,
      autoscaledPoolOptions: { ...AUTOSCALING, desiredConcurrency: Math.min(4, concurrency) },
      minConcurrency: Math.min(2, concurrency),
      maxConcurrency: concurrency,
      preNavigationHooks: [
        (_, gotoOptions) => {
          gotoOptions.waitUntil = 'load';
        },
      ],
      requestHandler: (context) => this.#loaded(context, requestManager.claimOf(context.request), sink),
      failedRequestHandler: (context, error) =>
        this.#failed(context, requestManager.claimOf(context.request), error, sink),
    };
  }

  #launchContext(): NonNullable<PlaywrightCrawlerOptions['launchContext']> {
    const { browser, proxy, media } = this.#options;
    return {
      launcher: chromium,
      userAgent: USER_AGENT,
      launchOptions: {
        executablePath: browser.executablePath,
        args: [...browser.args, ...NO_WAY_AROUND, ...(media ? [] : WITHOUT_MEDIA)],
        env: browser.env,
        headless: true,
        chromiumSandbox: browser.sandbox,
        proxy: proxy.settings,
        acceptDownloads: false,
        serviceWorkers: 'block',
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      },
    };
  }

  async #tab(page: PlaywrightCrawlingContext['page']): Promise<Tab> {
    if (this.#crawler === null) throw new Error('the fetcher does not run');
    return this.#crawler.tabs.tab(page);
  }

  async #loaded({ page }: PlaywrightCrawlingContext, claim: Claim, sink: PageSink): Promise<void> {
    const startedAt = performance.now();
    const tab = await this.#tab(page);
    this.#visits += 1;
    if (this.#visits % VISITS_PER_MEMORY_CHECK === 0) await this.#checkMemory();
    try {
      const refusal = this.#judge.refusal(tab, claim.url);
      if (refusal !== null) throw refusal;
      const content = withDeadline(settledContent(tab, SETTLE), this.#options.timeoutMs);
      const body = await Promise.race([content, tab.broken]);
      const status = tab.main?.status ?? 200;
      const fetchMs = performance.now() - startedAt;
      const loaded = { finalUrl: page.url(), status, contentType: 'text/html', charset: null, body, fetchMs };
      await sink.fetched({ claim, via: 'browser', ...loaded });
    } catch (error) {
      await this.#fail(error, tab, claim, sink);
    }
  }

  async #failed(
    { page }: PlaywrightCrawlingContext,
    claim: Claim,
    error: Error,
    sink: PageSink,
  ): Promise<void> {
    await this.#fail(error, page === undefined ? null : await this.#tab(page), claim, sink);
  }

  async #fail(error: unknown, tab: Tab | null, claim: Claim, sink: PageSink): Promise<void> {
    tab?.spoil();
    if (!this.#stopped) await sink.failed(pageFailure(claim, this.#judge.failure(error, tab, claim.url)));
  }

  async #checkMemory(): Promise<void> {
    const bytes = await browserMemory(process.pid);
    if (bytes !== null && bytes > this.#options.maxMemoryBytes) await this.#crawler?.tabs.retireAll();
  }
}

/** Rejects with `timeout` when the work takes longer; a page's script may keep its tab busy for ever. */
async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new PageError('timeout', `Nothing for ${ms} ms`, { retryable: true })),
    ms,
  );
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
