import './no-open-proxy.ts';

/** All that is used of Crawlee. It must not be imported from anywhere else: it may only be loaded defused. */
export {
  BasicCrawler,
  type BasicCrawlerOptions,
  type BasicCrawlingContext,
  Configuration,
  type IRequestManager,
  log,
  MemoryStorage,
  PlaywrightCrawler,
  type PlaywrightCrawlerOptions,
  type PlaywrightCrawlingContext,
  type PlaywrightDirectNavigationOptions,
  Request,
  RequestQueue,
  type RequestQueueOperationInfo,
} from 'crawlee';
