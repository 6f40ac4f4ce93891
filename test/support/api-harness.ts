import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openCrawlFrontier } from '../../actors/crawl/crawl.ts';
import type { ApiDeps } from '../../src/api/api-deps.ts';
import { createApi } from '../../src/api/create-api.ts';
import { WaymarkError } from '../../src/core/errors.ts';
import { parseSettings, type SettingSource } from '../../src/core/settings.ts';
import { scopeForSeed } from '../../src/core/url/scope.ts';
import { createDashboard } from '../../src/dashboard/create-dashboard.ts';
import { Database } from '../../src/drivers/sqlite/database.ts';
import { SqliteEventLog } from '../../src/drivers/sqlite/event-log.ts';
import { SqliteFrontierStore } from '../../src/drivers/sqlite/frontier.ts';
import { SqliteTaskQueue } from '../../src/drivers/sqlite/task-queue.ts';
import { SqliteWebhookOutbox } from '../../src/drivers/sqlite/webhook-outbox.ts';
import { systemClock } from '../../src/drivers/system/clock.ts';
import type { CrawlOptions } from '../../src/model/crawl-options.ts';
import type { TaskRecord } from '../../src/model/task.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { TaskHandler } from '../../src/ports/task-queue.ts';
import { type StagedSite, stagedCrawl } from './staged-crawl.ts';

export const SEED = 'http://site.example/';

/** A host that `checkUrl` of the harness refuses. */
export const PRIVATE_HOST = '10.0.0.1';

const MAX_WAITING = 5;

export interface HarnessOptions {
  readonly settings?: SettingSource;
  readonly clock?: Clock;
  readonly deps?: Partial<ApiDeps & { readonly graph: GraphStore }>;
}

interface Started {
  readonly api: ApiHarness;
  close(): Promise<void>;
}

/** The API on a real embedded store in its own folder. No worker runs until a test starts one. */
export class ApiHarness {
  readonly deps: ApiDeps & { readonly graph: GraphStore };
  readonly frontiers: SqliteFrontierStore;
  readonly outbox: SqliteWebhookOutbox;
  readonly stopping = new AbortController();
  readonly logged: string[] = [];
  readonly #api: ReturnType<typeof createApi>;

  private constructor(database: Database, { settings = {}, clock = systemClock, deps = {} }: HarnessOptions) {
    const events = new SqliteEventLog(database, clock);
    const log = recordingLogger(this.logged);
    this.frontiers = new SqliteFrontierStore(database, clock);
    this.outbox = new SqliteWebhookOutbox(database, clock);
    this.deps = {
      settings: parseSettings(settings),
      tasks: new SqliteTaskQueue(database, events, clock, log, { maxWaiting: MAX_WAITING }),
      events,
      graph: database.service('graph'),
      crawls: this.frontiers,
      webhooks: this.outbox,
      applyChanges: async (task) => {
        const scope = scopeForSeed(task.spec.options.url, task.spec.options, () => null);
        await openCrawlFrontier(task, { frontiers: this.frontiers, scope, maxUrls: 10_000 });
      },
      dispatchQueues: null,
      dashboard: createDashboard(),
      clock,
      log,
      checkUrl: refusePrivateHost,
      allowedPrivateHost: () => null,
      ready: async () => [{ name: 'store', ok: true, detail: null }],
      metrics: () => [],
      stopping: this.stopping.signal,
      ...deps,
    };
    this.#api = createApi(this.deps);
  }

  /** Opens a harness that closes at the end of the test. */
  static async open(options: HarnessOptions = {}): Promise<ApiHarness> {
    const { api, close } = await ApiHarness.#start(options);
    onTestFinished(close);
    return api;
  }

  /** One harness for all tests of a block; the tests must be independent. Call it in the block. */
  static shared(options: HarnessOptions = {}): () => ApiHarness {
    let started: Started | null = null;
    beforeAll(async () => {
      started = await ApiHarness.#start(options);
    });
    afterAll(() => started?.close());
    return () => {
      if (started === null) throw new Error('the shared API is there in tests only');
      return started.api;
    };
  }

  static async #start(options: HarnessOptions): Promise<Started> {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-api-'));
    const database = await Database.open(join(folder, 'test.sqlite'));
    const close = async () => {
      await database.close();
      await rm(folder, { recursive: true });
    };
    return { api: new ApiHarness(database, options), close };
  }

  get fetch() {
    return this.#api.fetch;
  }

  /** Sends a request as curl would. */
  async send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    return this.#api.request(path, { method, ...init });
  }

  /** Sends JSON, or nothing, and returns the JSON of the response. Fails unless it has the expected status. */
  async json(
    status: number,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await this.send(method, path, { ...sent, headers: { ...type, ...headers } });
    const text = await response.text();
    if (response.status !== status) throw new Error(`${method} ${path} returned ${response.status}: ${text}`);
    return JSON.parse(text);
  }

  /** Runs tasks until the end of the test. */
  work(handler: TaskHandler): void {
    const worker = this.deps.tasks.work(handler, { queues: ['crawling'], concurrency: 1 });
    onTestFinished(() => worker.close());
  }

  /** Runs a staged crawl for each submitted task. */
  crawlStaged(site: StagedSite): void {
    this.work(
      stagedCrawl({ frontiers: this.frontiers, graph: this.deps.graph, events: this.deps.events }, site),
    );
  }

  submit(options: Partial<CrawlOptions> = {}): Promise<TaskRecord> {
    return this.deps.tasks.submit({ kind: 'crawl', queue: 'crawling', options: { ...OPTIONS, ...options } });
  }
}

const OPTIONS: CrawlOptions = {
  url: SEED,
  depth: 3,
  maxPages: 100,
  render: 'auto',
  include: [],
  exclude: [],
  subdomains: false,
  hashRoutes: false,
  robots: true,
  sitemap: true,
  summarize: false,
  media: false,
  maxSeconds: 60,
  hostConcurrency: 8,
  hostDelayMs: 0,
};

function refusePrivateHost(url: string): void {
  if (new URL(url).hostname === PRIVATE_HOST)
    throw new WaymarkError('address-refused', 'This host is private.');
}

function recordingLogger(lines: string[]): Logger {
  const record = (message: string, fields: object = {}) => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { debug: record, info: record, warn: record, error: record };
}
