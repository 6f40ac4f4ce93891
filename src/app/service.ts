import { availableParallelism } from 'node:os';
import { getDomain } from 'tldts';
import { Crawl, type CrawlServices, openCrawlFrontier } from '../../actors/crawl/crawl.ts';
import type { WebhookFigures } from '../../actors/webhooks/webhook-sender.ts';
import { createDocumentClient } from '../../pools/http/document-client.ts';
import { HttpAgent } from '../../pools/http/http-agent.ts';
import { GuardedLookup } from '../../pools/net/guarded-lookup.ts';
import { createParsePool } from '../../pools/parse/parse-pool.ts';
import { ThreadedSitemapReader } from '../../pools/sitemap/sitemap-reader.ts';
import { type ActorFigures, ActorMetrics } from '../core/actor/actor-metrics.ts';
import { AccessPolicy } from '../core/net/access-policy.ts';
import { parseThreadsFor, type Settings } from '../core/settings.ts';
import { scopeForSeed } from '../core/url/scope.ts';
import type { CrawlOptions } from '../model/crawl-options.ts';
import type { TaskRecord } from '../model/task.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { FrontierStore } from '../ports/frontier.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { TaskQueue, TaskWorker, WorkOptions } from '../ports/task-queue.ts';
import { createSummarizer } from './create-summarizer.ts';
import { Fetchers } from './fetchers.ts';
import { openStores, type Stores } from './stores.ts';
import { Webhooks } from './webhooks.ts';

export interface ServiceOptions {
  readonly settings: Settings;
  readonly log: Logger;
  /** Private hosts that may be reached beside those of the settings. */
  readonly alsoAllowed: readonly string[];
  /** The `PATH` that a browser is looked for on. */
  readonly path: string;
}

/** The product without its faces: stores, pools and crawls, wired together. */
export class Service {
  readonly tasks: TaskQueue;
  readonly events: EventLog;
  readonly graph: GraphStore;
  readonly frontiers: FrontierStore;
  readonly access: AccessPolicy;
  readonly #stores: Stores;
  readonly #agent: HttpAgent;
  readonly #fetchers: Fetchers;
  readonly #crawlServices: CrawlServices;
  readonly #crawls = new Set<Crawl>();
  readonly #workers = new Set<TaskWorker>();
  readonly #webhooks: Webhooks;

  private constructor({ settings, log, alsoAllowed, path }: ServiceOptions, stores: Stores) {
    const { clock } = stores;
    this.#stores = stores;
    this.access = new AccessPolicy([...settings.allowedPrivateHosts, ...alsoAllowed]);
    const lookup = new GuardedLookup({ policy: this.access });
    this.#agent = new HttpAgent({ lookup, clock });
    this.#fetchers = new Fetchers(settings, this.#agent, lookup, path);
    this.#webhooks = new Webhooks(settings, lookup, stores, log);
    this.tasks = stores.tasks;
    this.events = stores.events;
    this.frontiers = stores.frontiers;
    this.graph = stores.graph;
    const threads = parseThreadsFor(settings.parseThreads, availableParallelism());
    this.#crawlServices = {
      frontiers: this.frontiers,
      gate: stores.gate,
      graph: this.graph,
      parsePool: createParsePool({ threads, timeoutMs: settings.parseTimeoutSeconds * 1000 }),
      documents: createDocumentClient(this.#agent),
      sitemaps: new ThreadedSitemapReader({ agent: this.#agent }),
      summarizer: createSummarizer(settings, clock),
      events: this.events,
      clock,
      log,
      metrics: new ActorMetrics(),
      createFetcher: (options, mayFollow) => this.#fetchers.create(options, mayFollow),
      scopeOf: crawlScope,
      limits: {
        retries: { attempts: settings.maxRetries + 1, delayMs: settings.retryDelaySeconds * 1000 },
        maxUrls: settings.maxUrls,
        parseQueue: threads * 4,
        parseConcurrency: threads + 1,
        idleMs: settings.noProgressSeconds * 1000,
        visitMs: (settings.pageTimeoutSeconds + 30) * 1000,
        summaries: {
          concurrency: settings.summaryConcurrency,
          calls: settings.summaryMaxCalls,
          tokens: settings.summaryMaxTokens,
          finishMs: settings.summaryWaitSeconds * 1000,
        },
      },
    };
  }

  /** Opens the stores that the settings name. Rejects as `openStores` does. */
  static async open(options: ServiceOptions): Promise<Service> {
    return Service.over(await openStores(options.settings, options.log), options);
  }

  /** Works over stores that are open; they are its own from then on, and closed with it. */
  static async over(stores: Stores, options: ServiceOptions): Promise<Service> {
    try {
      return new Service(options, stores);
    } catch (error) {
      await stores.close();
      throw error;
    }
  }

  /** What the API stands on: its calls are answered or rejected within seconds. */
  get stores(): Pick<Stores, 'desk' | 'checks' | 'clock' | 'dispatchQueues'> {
    return this.#stores;
  }

  /** Works on tasks in this process until the service is closed; `onTaskEnd` is told of each run of a task. */
  work(options: WorkOptions, onTaskEnd: () => void = () => {}): TaskWorker {
    if (!options.queues.includes('command')) this.sendWebhooks();
    const worker = this.tasks.work(async (run) => {
      this.#webhooks.enter(run.task);
      const crawl = new Crawl(run, this.#crawlServices);
      this.#crawls.add(crawl);
      try {
        return await crawl.run();
      } finally {
        this.#crawls.delete(crawl);
        if (run.role === 'leader') onTaskEnd();
      }
    }, options);
    this.#workers.add(worker);
    return worker;
  }

  /** Sends the webhooks of tasks from this process too, until the service is closed. */
  sendWebhooks(): void {
    this.#webhooks.start();
  }

  get webhookFigures(): WebhookFigures {
    return this.#webhooks.figures;
  }

  /** Lets what is queued of a crawl follow the options of its task, which was changed. */
  async applyChanges(task: TaskRecord): Promise<void> {
    await openCrawlFrontier(task, {
      frontiers: this.#stores.desk.frontiers,
      scope: crawlScope(task.spec.options),
      maxUrls: this.#crawlServices.limits.maxUrls,
    });
  }

  /** Figures of the actors of this process, by name; counters never fall. */
  figures(): readonly ActorFigures[] {
    return this.#crawlServices.metrics.figures();
  }

  /** Crawls that run in this process now. */
  get running(): number {
    return this.#crawls.size;
  }

  /** Lets running tasks stop and hands them back; they go on when the service is opened again. */
  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.close()));
    await this.#webhooks.close();
    await this.#fetchers.close();
    await this.#crawlServices.parsePool.close();
    await this.#crawlServices.sitemaps.close();
    await this.#crawlServices.summarizer.close();
    await this.#agent.destroy();
    await this.#stores.close();
  }
}

function crawlScope({ url, subdomains, include, exclude, hashRoutes }: CrawlOptions) {
  const registrable = (host: string) => getDomain(host, { allowPrivateDomains: true });
  return scopeForSeed(url, { subdomains, include, exclude, hashRoutes }, registrable);
}
