import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { getDomain } from 'tldts';
import { Crawl, type CrawlParts } from '../../actors/crawl.ts';
import { createDocumentClient } from '../../pools/http/document-client.ts';
import { HttpAgent } from '../../pools/http/http-agent.ts';
import { GuardedLookup } from '../../pools/net/guarded-lookup.ts';
import { createParsePool } from '../../pools/parse/parse-pool.ts';
import type { ActorFigures } from '../core/actor/figures.ts';
import { parseThreadsFor } from '../core/automatic.ts';
import { AccessPolicy } from '../core/net/access-policy.ts';
import type { Settings } from '../core/settings.ts';
import { scopeForSeed } from '../core/url/scope-for-seed.ts';
import { Database } from '../drivers/sqlite/database.ts';
import { SqliteEventLog } from '../drivers/sqlite/event-log.ts';
import { SqliteFrontierStore } from '../drivers/sqlite/frontier.ts';
import { SqliteGraphStore } from '../drivers/sqlite/graph-store.ts';
import { SqliteHostGate } from '../drivers/sqlite/host-gate.ts';
import { SqliteTaskQueue } from '../drivers/sqlite/task-queue.ts';
import { systemClock } from '../drivers/system/clock.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { FrontierStore } from '../ports/frontier.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { CrawlOptions, TaskQueue, TaskWorker, WorkOptions } from '../ports/task-queue.ts';
import { Fetchers } from './fetchers.ts';

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
  readonly #database: Database;
  readonly #agent: HttpAgent;
  readonly #fetchers: Fetchers;
  readonly #crawlParts: CrawlParts;
  readonly #crawls = new Set<Crawl>();
  readonly #workers = new Set<TaskWorker>();

  private constructor({ settings, log, alsoAllowed, path }: ServiceOptions, database: Database) {
    const clock = systemClock;
    this.#database = database;
    this.access = new AccessPolicy([...settings.allowedPrivateHosts, ...alsoAllowed]);
    const lookup = new GuardedLookup({ policy: this.access });
    this.#agent = new HttpAgent({ lookup });
    this.#fetchers = new Fetchers(settings, this.#agent, lookup, path);
    this.events = new SqliteEventLog(database, clock);
    this.graph = new SqliteGraphStore(database);
    this.frontiers = new SqliteFrontierStore(database, clock);
    this.tasks = new SqliteTaskQueue(database, this.events, clock, log, {
      maxWaiting: settings.maxWaitingTasks,
    });
    const threads = parseThreadsFor(settings.parseThreads, availableParallelism());
    this.#crawlParts = {
      frontiers: this.frontiers,
      gate: new SqliteHostGate(database, clock),
      graph: this.graph,
      parsePool: createParsePool({ threads }),
      documents: createDocumentClient(this.#agent),
      events: this.events,
      clock,
      log,
      createFetcher: (options, mayFollow) => this.#fetchers.create(options, mayFollow),
      scopeOf: crawlScope,
      limits: {
        retries: { attempts: settings.maxRetries + 1, delayMs: settings.retryDelaySeconds * 1000 },
        maxUrls: settings.maxUrls,
        parseQueue: threads * 4,
        parseConcurrency: threads + 1,
        idleMs: settings.noProgressSeconds * 1000,
        visitMs: (settings.pageTimeoutSeconds + 30) * 1000,
      },
    };
  }

  /** Opens the store in `STORAGE_DIR`. Rejects with `storage-failed`. */
  static async open(options: ServiceOptions): Promise<Service> {
    return new Service(options, await Database.open(join(options.settings.storageDir, 'waymark.sqlite')));
  }

  /** Works on tasks in this process until the service is closed. */
  work(options: WorkOptions): TaskWorker {
    const worker = this.tasks.work(async (run) => {
      const crawl = new Crawl(run, this.#crawlParts);
      this.#crawls.add(crawl);
      try {
        return await crawl.run();
      } finally {
        this.#crawls.delete(crawl);
      }
    }, options);
    this.#workers.add(worker);
    return worker;
  }

  /** Figures of the actors of all crawls that run now. */
  figures(): readonly ActorFigures[] {
    return [...this.#crawls].flatMap((crawl) => crawl.figures());
  }

  /** Crawls that run in this process now. */
  get running(): number {
    return this.#crawls.size;
  }

  /** Whether the store answers. */
  async ping(): Promise<void> {
    await this.tasks.list({ status: null, cursor: null, limit: 1 });
  }

  /** Lets running tasks stop and hands them back; they go on when the service is opened again. */
  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.close()));
    await this.#fetchers.close();
    await this.#crawlParts.parsePool.close();
    await this.#agent.destroy();
    await this.#database.close();
  }
}

function crawlScope({ url, subdomains, include, exclude, hashRoutes }: CrawlOptions) {
  const registrable = (host: string) => getDomain(host, { allowPrivateDomains: true });
  return scopeForSeed(url, { subdomains, include, exclude, hashRoutes }, registrable);
}
