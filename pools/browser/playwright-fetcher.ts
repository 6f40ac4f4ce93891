import { chromium } from 'playwright';
import { withDeadline } from '../../src/core/deadline.ts';
import { PageError } from '../../src/core/ledger/page-error.ts';
import { USER_AGENT } from '../../src/core/net/user-agent.ts';
import type { Claim } from '../../src/model/frontier-url.ts';
import type { Clock } from '../../src/ports/clock.ts';
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
import { contentWhenQuiet } from './dom-quiet.ts';
import type { FoundBrowser } from './find-browser.ts';
import { NavigationOutcome } from './navigation-outcome.ts';
import type { Tab } from './tab.ts';
import { TabCrawler } from './tab-pool.ts';

export interface PlaywrightFetcherOptions {
  readonly browser: FoundBrowser;
  readonly proxy: BrowserProxy;
  readonly clock: Clock;
  /** Tabs in use at once, at most. */
  readonly concurrency: number;
  /** Of one document, in bytes. */
  readonly maxBytes: number;
  /** For loading one page, and again for its scripts, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether to load images, fonts, video and audio. */
  readonly media: boolean;
  /** Whether a redirect leads where the crawl may go. */
  readonly mayFollow: (target: URL) => boolean;
  /** Pages after which a browser is replaced. */
  readonly pagesPerBrowser: number;
  /** Memory of the browsers at which they are replaced, in bytes. */
  readonly maxMemoryBytes: number;
}

const VISITS_PER_TAB = 100;
const QUIET = { quietMs: 60, maxMs: 3000 } as const;
/** Visits between two measurements of the browsers' memory. */
const VISITS_PER_MEMORY_CHECK = 20;
/** Images, fonts, video and audio cost time and add nothing to the map. */
const WITHOUT_MEDIA = ['--blink-settings=imagesEnabled=false', '--disable-remote-fonts', '--mute-audio'];
/** The proxy alone resolves names and opens connections. */
const PROXY_ONLY = ['--force-webrtc-ip-handling-policy=disable_non_proxied_udp', '--disable-quic'];

/** Visits pages with a real browser, in a pool of tabs. */
export class PlaywrightFetcher implements Fetcher {
  readonly #options: PlaywrightFetcherOptions;
  readonly #outcome: NavigationOutcome;
  #crawler: TabCrawler | null = null;
  #stopped = false;
  #visits = 0;

  constructor(options: PlaywrightFetcherOptions) {
    this.#options = Object.freeze({ ...options });
    this.#outcome = new NavigationOutcome(options.proxy, options.mayFollow, options.clock);
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
        args: [...browser.args, ...PROXY_ONLY, ...(media ? [] : WITHOUT_MEDIA)],
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

  async #loaded({ page }: PlaywrightCrawlingContext, claim: Claim, sink: PageSink): Promise<void> {
    const startedAt = performance.now();
    const tab = this.#tabOf(page);
    if (tab === null) throw new Error('The page was loaded outside of a tab');
    this.#visits += 1;
    if (this.#visits % VISITS_PER_MEMORY_CHECK === 0) await this.#checkMemory();
    try {
      const refusal = this.#outcome.refusal(tab, claim.url);
      if (refusal !== null) throw refusal;
      const body = await Promise.race([this.#content(tab), tab.broken]);
      const status = tab.main?.status ?? 200;
      const fetchMs = performance.now() - startedAt;
      const loaded = { finalUrl: page.url(), status, contentType: 'text/html', charset: null, body, fetchMs };
      await sink.fetched({ claim, via: 'browser', ...loaded });
    } catch (error) {
      await this.#fail(error, tab, claim, sink);
    }
  }

  /** A script of the page can keep its tab busy for ever. */
  #content(tab: Tab): Promise<string> {
    const { timeoutMs: ms, clock } = this.#options;
    const error = () => new PageError('timeout', `The page was busy for ${ms} ms`, { retryable: true });
    return withDeadline(contentWhenQuiet(tab, QUIET), { ms, clock, error });
  }

  async #failed(
    { page }: PlaywrightCrawlingContext,
    claim: Claim,
    error: Error,
    sink: PageSink,
  ): Promise<void> {
    await this.#fail(error, this.#tabOf(page), claim, sink);
  }

  /** Null where the browser died before the page had a tab. */
  #tabOf(page: PlaywrightCrawlingContext['page'] | undefined): Tab | null {
    return page === undefined ? null : (this.#crawler?.tabs.find(page) ?? null);
  }

  async #fail(error: unknown, tab: Tab | null, claim: Claim, sink: PageSink): Promise<void> {
    tab?.taint();
    if (!this.#stopped) await sink.failed(pageFailure(claim, this.#outcome.failure(error, tab, claim.url)));
  }

  async #checkMemory(): Promise<void> {
    const bytes = await browserMemory(process.pid);
    if (bytes !== null && bytes > this.#options.maxMemoryBytes) await this.#crawler?.tabs.retireAll();
  }
}
