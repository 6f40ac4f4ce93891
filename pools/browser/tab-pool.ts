import type { Page, Response } from 'playwright';
import {
  type Configuration,
  type IRequestManager,
  PlaywrightCrawler,
  type PlaywrightCrawlerOptions,
  type PlaywrightCrawlingContext,
  type PlaywrightDirectNavigationOptions,
} from '../crawlee/crawlee.ts';
import { Tab, type TabOptions } from './tab.ts';

type BrowserPool = PlaywrightCrawler['browserPool'];
type Controller = NonNullable<ReturnType<BrowserPool['getBrowserControllerByPage']>>;

export interface TabPoolOptions extends TabOptions {
  /** Visits after which a tab is closed. */
  readonly visitsPerTab: number;
  /** Visits after which a browser is replaced. */
  readonly visitsPerBrowser: number;
}

/** Pool of open tabs. Opening a tab costs more than loading a page, so tabs are reused. */
export class TabPool {
  readonly #options: TabPoolOptions;
  readonly #pool: BrowserPool;
  readonly #tabs = new WeakMap<Page, Tab>();
  readonly #visits = new WeakMap<Controller, number>();
  /** Pages that appeared and are not yet known to be ours. */
  readonly #foreign = new Set<Page>();
  #opening = 0;
  #idle: Page[] = [];

  constructor(pool: BrowserPool, options: TabPoolOptions) {
    this.#pool = pool;
    this.#options = options;
    pool.postLaunchHooks.push((_, controller) => this.#watch(controller));
  }

  /** Prepares a page as a tab on its first visit. Rejects if its browser dies meanwhile. */
  async prepare(page: Page): Promise<Tab> {
    const existing = this.#tabs.get(page);
    if (existing !== undefined) return existing;
    const tab = await Tab.prepare(page, this.#options);
    this.#tabs.set(page, tab);
    return tab;
  }

  /** The tab around this page; null if it was never prepared. */
  find(page: Page): Tab | null {
    return this.#tabs.get(page) ?? null;
  }

  /** Removes and returns an idle tab of a browser that is still in use; null if there is none. */
  take(): Page | null {
    for (let page = this.#idle.pop(); page !== undefined; page = this.#idle.pop()) {
      if (this.#usable(page)) return page;
      void page.close().catch(() => {});
    }
    return null;
  }

  /** Returns a tab to the pool for the next visit; false if the caller must close it instead. */
  release(page: Page): boolean {
    const controller = this.#pool.getBrowserControllerByPage(page);
    if (controller === undefined) return false;
    this.#count(controller);
    const tab = this.#tabs.get(page);
    if (tab === undefined || tab.isTainted || tab.visits >= this.#options.visitsPerTab) return false;
    if (!this.#usable(page)) return false;
    this.#idle.push(page);
    return true;
  }

  /** Replaces every browser by a new one when its open pages are done. */
  async retireAll(): Promise<void> {
    for (const controller of this.#pool.activeBrowserControllers)
      this.#pool.retireBrowserController(controller);
    await this.#closeRetired();
  }

  /** Opens a page of our own. A website opened every other page of a browser, so those are closed. */
  async open(openPage: () => Promise<Page>): Promise<Page> {
    this.#opening += 1;
    try {
      const page = await openPage();
      this.#foreign.delete(page);
      return page;
    } finally {
      this.#opening -= 1;
      if (this.#opening === 0) this.#closeForeign();
    }
  }

  #closeForeign(): void {
    for (const page of this.#foreign) void page.close().catch(() => {});
    this.#foreign.clear();
  }

  /** A page of our own cannot be distinguished from a popup until it is open. */
  #appeared(page: Page): void {
    this.#foreign.add(page);
    if (this.#opening === 0) this.#closeForeign();
  }

  /** Without this, the pool detects a dead browser only when a visit fails to open a tab in it. */
  #watch(controller: Controller): void {
    for (const context of controller.browser.contexts()) context.on('page', (page) => this.#appeared(page));
    controller.browser.on('disconnected', () => this.#pool.retireBrowserController(controller));
  }

  #count(controller: Controller): void {
    const visits = (this.#visits.get(controller) ?? 0) + 1;
    this.#visits.set(controller, visits);
    if (visits < this.#options.visitsPerBrowser) return;
    this.#pool.retireBrowserController(controller);
    void this.#closeRetired();
  }

  #usable(page: Page): boolean {
    const controller = this.#pool.getBrowserControllerByPage(page);
    return (
      !page.isClosed() && controller !== undefined && this.#pool.activeBrowserControllers.has(controller)
    );
  }

  async #closeRetired(): Promise<void> {
    const retired = this.#idle.filter((page) => !this.#usable(page));
    this.#idle = this.#idle.filter((page) => this.#usable(page));
    await Promise.all(retired.map((page) => page.close().catch(() => {})));
  }
}

const UNREAD_VERSION = 'not read';

/** Crawlee's PlaywrightCrawler over a pool of tabs: it reuses a tab instead of closing it after each page. */
export class TabCrawler extends PlaywrightCrawler {
  readonly tabs: TabPool;

  /** Crawlee 3.18 declares the option `requestManager` but rejects it at run time, so this sets the member behind it. */
  constructor(
    options: PlaywrightCrawlerOptions,
    source: IRequestManager,
    tabs: TabPoolOptions,
    config: Configuration,
  ) {
    super(options, config);
    this.requestManager = source;
    // Without a version, Crawlee 3.18 launches a second browser to read it, for fingerprints that are switched off.
    for (const plugin of this.browserPool.browserPlugins)
      Reflect.set(plugin, '_browserVersion', UNREAD_VERSION);
    this.tabs = new TabPool(this.browserPool, tabs);
    const openPage = this.browserPool.newPage.bind(this.browserPool);
    this.browserPool.newPage = async (pageOptions) =>
      this.tabs.take() ?? this.tabs.open(() => openPage(pageOptions));
  }

  /** No proxy of Crawlee's is in use, so no error is one of a proxy: each belongs to its page alone. */
  protected override isProxyError(): boolean {
    return false;
  }

  /** Ends a navigation at once when the tab finds that its document is unusable. */
  protected override async _navigationHandler(
    context: PlaywrightCrawlingContext,
    gotoOptions: PlaywrightDirectNavigationOptions,
  ): Promise<Response | null> {
    const tab = await this.tabs.prepare(context.page);
    tab.begin(context.request.url);
    return Promise.race([super._navigationHandler(context, gotoOptions), tab.broken]);
  }

  protected override async _cleanupContext(context: PlaywrightCrawlingContext): Promise<void> {
    if (context.page !== undefined && this.tabs.release(context.page)) return;
    await super._cleanupContext(context);
  }
}
