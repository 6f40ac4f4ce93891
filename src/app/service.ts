import { Crawl, type CrawlServices, openCrawlFrontier } from '../../actors/crawl/crawl.ts';
import type { WebhookFigures } from '../../actors/webhooks/webhook-sender.ts';
import { GuardedLookup } from '../../pools/net/guarded-lookup.ts';
import type { ActorFigures } from '../core/actor/actor-metrics.ts';
import { AccessPolicy } from '../core/net/access-policy.ts';
import type { Settings } from '../core/settings.ts';
import type { TaskRecord } from '../model/task.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { FrontierStore } from '../ports/frontier.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { TaskQueue, TaskWorker, WorkOptions } from '../ports/task-queue.ts';
import { CrawlNetworks } from './crawl-network.ts';
import { crawlScope, createCrawlServices, type SharedCrawlServices } from './crawl-services.ts';
import { Fetchers } from './fetchers.ts';
import { openStores, type Stores } from './stores.ts';
import { Webhooks } from './webhooks.ts';

export interface ServiceOptions {
  readonly settings: Settings;
  readonly log: Logger;
  /** Private hosts to allow in addition to those of the settings. */
  readonly alsoAllowed: readonly string[];
  /** The `PATH` for the search for a browser. */
  readonly path: string;
}

/** Stores, pools and crawls, wired together; without HTTP API and dashboard. */
export class Service {
  readonly tasks: TaskQueue;
  readonly events: EventLog;
  readonly graph: GraphStore;
  readonly frontiers: FrontierStore;
  readonly access: AccessPolicy;
  readonly #stores: Stores;
  readonly #networks: CrawlNetworks;
  readonly #fetchers: Fetchers;
  readonly #crawlServices: SharedCrawlServices;
  readonly #crawls = new Set<Crawl>();
  readonly #workers = new Set<TaskWorker>();
  readonly #webhooks: Webhooks;

  private constructor({ settings, log, alsoAllowed, path }: ServiceOptions, stores: Stores) {
    const { clock } = stores;
    this.#stores = stores;
    this.access = new AccessPolicy([...settings.allowedPrivateHosts, ...alsoAllowed]);
    const lookup = new GuardedLookup({ policy: this.access });
    this.#networks = new CrawlNetworks(this.access, clock);
    this.#fetchers = new Fetchers({ settings, path, clock, log });
    this.#webhooks = new Webhooks(settings, lookup, stores, log);
    this.tasks = stores.tasks;
    this.events = stores.events;
    this.frontiers = stores.frontiers;
    this.graph = stores.graph;
    this.#crawlServices = createCrawlServices({
      settings,
      stores,
      log,
    });
  }

  /** Opens the stores that the settings name. Rejects like `openStores`. */
  static async open(options: ServiceOptions): Promise<Service> {
    return Service.over(await openStores(options.settings, options.log), options);
  }

  /** Takes ownership of open stores, and closes them with the service. */
  static async over(stores: Stores, options: ServiceOptions): Promise<Service> {
    try {
      return new Service(options, stores);
    } catch (error) {
      await stores.close();
      throw error;
    }
  }

  /** The stores for the API. Their calls resolve or reject within seconds. */
  get stores(): Pick<Stores, 'desk' | 'checks' | 'clock' | 'dispatchQueues'> {
    return this.#stores;
  }

  /** Works on tasks in this process until the service closes. Calls `onTaskEnd` after each run of a task. */
  work(options: WorkOptions, onTaskEnd: () => void = () => {}): TaskWorker {
    if (!options.queues.includes('command')) this.sendWebhooks();
    const worker = this.tasks.work(async (run) => {
      this.#webhooks.enter(run.task);
      const crawl = new Crawl(run, this.#servicesFor(run.task));
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

  #servicesFor({ spec }: TaskRecord): CrawlServices {
    const network = this.#networks.startingAt(spec.options.url);
    return {
      ...this.#crawlServices,
      documents: network.documents,
      sitemaps: network.sitemaps,
      createFetcher: (options, scope) => this.#fetchers.create(options, scope, network),
    };
  }

  /** Sends the webhooks of all tasks from this process, until the service closes. */
  sendWebhooks(): void {
    this.#webhooks.start();
  }

  get webhookFigures(): WebhookFigures {
    return this.#webhooks.figures;
  }

  /** Applies the changed options of a task to the frontier of its crawl. */
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

  /** Number of crawls that run in this process. */
  get running(): number {
    return this.#crawls.size;
  }

  /** Stops running tasks and releases them. They continue when a service opens the stores again. */
  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.close()));
    await this.#webhooks.close();
    await this.#crawlServices.parsePool.close();
    await this.#crawlServices.summarizer.close();
    await this.#networks.close();
    await this.#stores.close();
  }
}
