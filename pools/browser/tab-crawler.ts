import type { Response } from 'playwright';
import {
  type Configuration,
  type IRequestManager,
  PlaywrightCrawler,
  type PlaywrightCrawlerOptions,
  type PlaywrightCrawlingContext,
  type PlaywrightDirectNavigationOptions,
} from '../crawlee/crawlee.ts';
import { TabPool, type TabPoolOptions } from './tab-pool.ts';

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
