import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { withDeadline } from '../../src/core/deadline.ts';
import { PageError, pageFailure } from '../../src/core/ledger/page-error.ts';
import { USER_AGENT } from '../../src/core/net/user-agent.ts';
import { requestUrlOf } from '../../src/core/url/spellings.ts';
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
import { FrontierRequestManager } from '../crawlee/frontier-request-manager.ts';
import { BrowserLimits } from './browser-limits.ts';
import type { BrowserProxy } from './browser-proxy.ts';
import { contentWhenQuiet } from './dom-quiet.ts';
import type { FoundBrowser } from './find-browser.ts';
import { NavigationOutcome } from './navigation-outcome.ts';
import type { Tab } from './tab.ts';
import { TabCrawler, type TabPoolOptions } from './tab-pool.ts';

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
  /** Memory of all browsers of this process at which they are replaced, in bytes. */
  readonly maxMemoryBytes: number;
  /** Folder in which each browser gets a profile of its own. Default: a temporary folder of Playwright's. */
  readonly profileDir?: string;
  /** Size of one profile on disk at which its browser is killed, in bytes. Default: 500 MB. */
  readonly maxProfileBytes?: number;
}

const VISITS_PER_TAB = 100;
const QUIET = { quietMs: 60, maxMs: 3000 } as const;
/** Images, fonts, video and audio cost time and add nothing to the map. */
const WITHOUT_MEDIA = ['--blink-settings=imagesEnabled=false', '--disable-remote-fonts', '--mute-audio'];
/** The proxy alone resolves names and opens connections. */
const PROXY_ONLY = ['--force-webrtc-ip-handling-policy=disable_non_proxied_udp', '--disable-quic'];
/** A page opens no windows: `window.open` and `target=_blank` fail. */
const NO_POPUPS = '--block-new-web-contents';
const MAX_PROFILE_BYTES = 500_000_000;

/** Visits pages with a real browser, in a pool of tabs. */
export class PlaywrightFetcher implements Fetcher {
  readonly #options: PlaywrightFetcherOptions;
  readonly #outcome: NavigationOutcome;
  #crawler: TabCrawler | null = null;
  #stopped = false;

  constructor(options: PlaywrightFetcherOptions) {
    this.#options = Object.freeze({ ...options });
    this.#outcome = new NavigationOutcome(options.proxy, options.mayFollow, options.clock);
  }

  async run(source: PageSource, sink: PageSink): Promise<void> {
    const requestManager = new FrontierRequestManager(source);
    const crawler = new TabCrawler(
      this.#crawlerOptions(requestManager, sink),
      requestManager,
      this.#tabOptions(source),
      crawleeConfig(),
    );
    this.#crawler = crawler;
    await using _limits = this.#limits(crawler);
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
    // Before its pool exists, a crawler can be stopped but not aborted.
    this.#crawler?.stop();
    if (how === 'abort') await this.#crawler?.autoscaledPool?.abort();
  }

  #limits(crawler: TabCrawler): BrowserLimits {
    const { maxMemoryBytes, profileDir = null, maxProfileBytes = MAX_PROFILE_BYTES } = this.#options;
    const retireBrowsers = () => crawler.tabs.retireAll();
    return new BrowserLimits({ maxMemoryBytes, profileDir, maxProfileBytes, retireBrowsers });
  }

  #tabOptions(source: PageSource): TabPoolOptions {
    const { maxBytes, media, pagesPerBrowser } = this.#options;
    return {
      maxBytes,
      media,
      mayRequest: (url) => source.mayRequest(url),
      visitsPerTab: VISITS_PER_TAB,
      visitsPerBrowser: pagesPerBrowser,
    };
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
        preLaunchHooks: [(_, launchContext) => this.#giveProfile(launchContext)],
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

  /** Browsers of one run are open at the same time, so each has a profile of its own. */
  #giveProfile(launchContext: { userDataDir?: string }): void {
    if (this.#stopped) throw new Error('The fetcher is stopped');
    const { profileDir } = this.#options;
    if (profileDir !== undefined) launchContext.userDataDir = join(profileDir, randomUUID());
  }

  #launchContext(): NonNullable<PlaywrightCrawlerOptions['launchContext']> {
    const { browser, proxy, media } = this.#options;
    return {
      launcher: chromium,
      userAgent: USER_AGENT,
      launchOptions: {
        executablePath: browser.executablePath,
        args: [...browser.args, ...PROXY_ONLY, NO_POPUPS, ...(media ? [] : WITHOUT_MEDIA)],
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
    try {
      const refusal = this.#outcome.refusal(tab, requestUrlOf(claim));
      if (refusal !== null) throw refusal;
      const body = await Promise.race([this.#content(tab), tab.broken]);
      const status = tab.main?.status ?? 200;
      const fetchMs = performance.now() - startedAt;
      const finalUrl = documentUrl(tab, page.url());
      const loaded = { finalUrl, status, contentType: 'text/html', charset: null, body, fetchMs };
      await sink.fetched({ claim, via: 'browser', ...loaded });
    } catch (error) {
      await this.#fail(error, tab, claim, sink);
    }
  }

  /** A script of the page can keep its tab busy for ever. */
  #content(tab: Tab): Promise<string> {
    const { timeoutMs: ms, clock, maxBytes } = this.#options;
    const error = () => new PageError('timeout', `The page was busy for ${ms} ms`, { retryable: true });
    return withDeadline(contentWhenQuiet(tab, QUIET, maxBytes), { ms, clock, error });
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
    if (!this.#stopped)
      await sink.failed(pageFailure(claim, this.#outcome.failure(error, tab, requestUrlOf(claim))));
  }
}

/**
 * The URL that the document was loaded from, with the fragment that is shown. `history.pushState` lets a script show any URL
 * of its origin, and would store the page in place of another one.
 */
function documentUrl({ main }: Tab, shown: string): string {
  if (main === null) return shown;
  const url = new URL(main.url);
  url.hash = new URL(shown).hash;
  return url.href;
}
