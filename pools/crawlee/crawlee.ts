import './no-open-proxy.ts';
import { Configuration, log, MemoryStorage } from 'crawlee';

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

log.setLevel(log.LEVELS.OFF);

/** Crawlee with its own storage, statistics files and log switched off: the frontier is ours. */
export function crawleeConfig(): Configuration {
  const storageClient = new MemoryStorage({ persistStorage: false, writeMetadata: false });
  const config = new Configuration({
    persistStorage: false,
    purgeOnStart: false,
    systemInfoV2: true,
    storageClient,
  });
  return config;
}

/** Crawler options that are the same however pages are fetched. */
export const COMMON_OPTIONS = {
  maxRequestRetries: 0,
  useSessionPool: false,
  retryOnBlocked: false,
  respectRobotsTxtFile: false,
  statisticsOptions: { saveErrorSnapshots: false, persistenceOptions: { enable: false } },
} as const;

/** How fast the number of pages open at once follows the machine's load. */
export const AUTOSCALING = {
  scaleUpStepRatio: 0.25,
  scaleDownStepRatio: 0.1,
  autoscaleIntervalSecs: 2,
  maybeRunIntervalSecs: 0.25,
  loggingIntervalSecs: null,
} as const;
