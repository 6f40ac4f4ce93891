import './no-open-proxy.ts';
import { Configuration, log, MemoryStorage } from 'crawlee';

/** The only import of Crawlee: `no-open-proxy.ts` must run before Crawlee loads. */
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

/** Configures Crawlee without its storage, statistics files and log: the frontier is Waymark's. */
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

/** Crawler options of both fetchers. */
export const COMMON_OPTIONS = {
  maxRequestRetries: 0,
  useSessionPool: false,
  retryOnBlocked: false,
  respectRobotsTxtFile: false,
  statisticsOptions: { saveErrorSnapshots: false, persistenceOptions: { enable: false } },
} as const;

/** How fast the number of pages in progress follows the load of the machine. */
export const AUTOSCALING = {
  scaleUpStepRatio: 0.25,
  scaleDownStepRatio: 0.1,
  autoscaleIntervalSecs: 2,
  maybeRunIntervalSecs: 0.25,
  loggingIntervalSecs: null,
} as const;
