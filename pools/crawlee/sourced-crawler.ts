import {
  BasicCrawler,
  type BasicCrawlerOptions,
  type Configuration,
  type IRequestManager,
} from './crawlee.ts';

/** Crawlee's BasicCrawler over a request manager of ours. */
export class SourcedCrawler extends BasicCrawler {
  /** Crawlee 3.18 declares the option `requestManager` but refuses it when it runs, so the member behind it is set. */
  constructor(options: BasicCrawlerOptions, source: IRequestManager, config: Configuration) {
    super(options, config);
    this.requestManager = source;
  }
}
