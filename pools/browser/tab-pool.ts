import type { Page, Response } from 'playwright';
import {
  type Configuration,
  type IRequestManager,
  PlaywrightCrawler,
  type PlaywrightCrawlerOptions,
  type PlaywrightCrawlingContext,
  type PlaywrightDirectNavigationOptions,
} from '../crawlee/crawlee.ts';
import { Tab } from './tab.ts';

type BrowserPool = PlaywrightCrawler['browserPool'];
type Controller = NonNullable<ReturnType<BrowserPool['getBrowserControllerByPage']>>;

export interface TabPoolOptions {
  readonly maxBytes: number;
  readonly media: boolean;
  /** Visits after which a tab is closed. */
  readonly visitsPerTab: number;
  /** Visits after which a browser is replaced. */
  readonly visitsPerBrowser: number;
}

/** Open tabs that wait for their next page. Opening a tab costs more than a page load, so tabs are kept. */
export class TabPool {
  readonly #options: TabPoolOptions;
  readonly #pool: BrowserPool;
  readonly #tabs = new WeakMap<Page, Tab>();
  readonly #visits = new WeakMap<Controller, number>();
  #idle: Page[] = [];

  constructor(pool: BrowserPool, options: TabPoolOptions) {
    this.#pool = pool;
    this.#options = options;
    pool.postLaunchHooks.push((_, controller) => this.#watch(controller));
  }

  /** The tab around this page, made on its first visit. */
  async tab(page: Page): Promise<Tab> {
    const known = this.#tabs.get(page);
    if (known !== undefined) return known;
    const tab = await Tab.prepare(page, this.#options);
    page.on('popup', (popup) => void popup.close().catch(() => {}));
    this.#tabs.set(page, tab);
    return tab;
  }

  /** An idle tab of a browser that is still in use; null if there is none. */
  take(): Page | null {
    for (let page = this.#idle.pop(); page !== undefined; page = this.#idle.pop()) {
      if (this.#usable(page)) return page;
      void page.close().catch(() => {});
    }
    return null;
  }

  /** Keeps a tab for the next visit; answers false if it should be closed instead. */
  keep(page: Page): boolean {
    const controller = this.#pool.getBrowserControllerByPage(page);
    if (controller === undefined) return false;
    this.#count(controller);
    const tab = this.#tabs.get(page);
    if (tab === undefined || tab.spoilt || tab.visits >= this.#options.visitsPerTab) return false;
    if (!this.#usable(page)) return false;
    this.#idle.push(page);
    return true;
  }

  /** Replaces every browser by a fresh one as soon as its open pages are done. */
  async retireAll(): Promise<void> {
    for (const controller of this.#pool.activeBrowserControllers)
      this.#pool.retireBrowserController(controller);
    await this.#closeRetired();
  }

  /** The pool itself learns that a browser is dead when a visit has failed to open a tab in it. */
  #watch(controller: Controller): void {
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

/** Crawlee's PlaywrightCrawler with tabs that are used again instead of being closed after each page. */
export class TabCrawler extends PlaywrightCrawler {
  readonly tabs: TabPool;

  /** Crawlee 3.18 declares the option `requestManager` but refuses it when it runs, so the member behind it is set. */
  constructor(
    options: PlaywrightCrawlerOptions,
    source: IRequestManager,
    tabs: TabPoolOptions,
    config: Configuration,
  ) {
    super(options, config);
    this.requestManager = source;
    this.tabs = new TabPool(this.browserPool, tabs);
    const open = this.browserPool.newPage.bind(this.browserPool);
    this.browserPool.newPage = async (pageOptions) => this.tabs.take() ?? open(pageOptions);
  }

  /** A navigation ends at once when the tab knows that its document will not do. */
  protected override async _navigationHandler(
    context: PlaywrightCrawlingContext,
    gotoOptions: PlaywrightDirectNavigationOptions,
  ): Promise<Response | null> {
    const tab = await this.tabs.tab(context.page);
    tab.begin();
    return Promise.race([super._navigationHandler(context, gotoOptions), tab.broken]);
  }

  protected override async _cleanupContext(context: PlaywrightCrawlingContext): Promise<void> {
    if (context.page !== undefined && this.tabs.keep(context.page)) return;
    await super._cleanupContext(context);
  }
}
