import { type SummaryLimits, SummaryPipeline } from '../../../actors/summaries/summary-pipeline.ts';
import { ActorMetrics } from '../../../src/core/actor/actor-metrics.ts';
import { OpenAiSummarizer } from '../../../src/drivers/openai/openai-summarizer.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import type { PageWrite } from '../../../src/model/page.ts';
import type { SummaryReport } from '../../../src/model/task-result.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import { pageOf, saveCrawl } from '../../conformance/graph/pages.ts';
import { TemporaryStorage } from '../../drivers/sqlite/storage.ts';
import { type ModelBehaviour, OpenAiServer } from '../../support/openai-server.ts';
import { within } from '../../support/within.ts';

const LIMITS: SummaryLimits = { calls: 1000, tokens: 1_000_000, concurrency: 2, finishMs: 30_000 };
const CRAWL = 'crawl';

/** A summariser between a real store and a real server. */
export class SummaryHarness implements AsyncDisposable {
  readonly metrics = new ActorMetrics();
  readonly graph: GraphStore;
  readonly server: OpenAiServer;
  readonly warnings: string[] = [];
  readonly #storage: TemporaryStorage;
  readonly #limits: SummaryLimits;

  private constructor(storage: TemporaryStorage, server: OpenAiServer, limits: Partial<SummaryLimits>) {
    this.#storage = storage;
    this.graph = storage.database.service('graph');
    this.server = server;
    this.#limits = { ...LIMITS, ...limits };
  }

  static async open(
    behaviour?: ModelBehaviour,
    limits: Partial<SummaryLimits> = {},
  ): Promise<SummaryHarness> {
    return new SummaryHarness(await TemporaryStorage.open(), await OpenAiServer.start(behaviour), limits);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
    await this.#storage[Symbol.asyncDispose]();
  }

  /** Stores pages as a crawl does. */
  async save(pages: readonly PageWrite[]): Promise<void> {
    await saveCrawl(this.graph, CRAWL, pages);
  }

  /** One run's summariser. */
  async start(): Promise<SummaryPipeline> {
    const { baseUrl } = this.server;
    const options = { apiKey: 'sk-hidden', baseUrl, model: 'test-model', temperature: null, language: null };
    return SummaryPipeline.open({
      crawlId: CRAWL,
      store: this.graph,
      summarizer: new OpenAiSummarizer({ ...options, timeoutMs: 5000 }, systemClock),
      clock: systemClock,
      log: warningsTo(this.warnings),
      limits: this.#limits,
      metrics: this.metrics,
    });
  }

  /** A whole run over what is stored. */
  async run(): Promise<SummaryReport> {
    const summariser = await this.start();
    summariser.notify();
    await within('the summaries', summariser.finish(new AbortController().signal), 30_000);
    return summariser.report();
  }

  /** Summaries of all sections by heading. */
  async sections(): Promise<Readonly<Record<string, string | null>>> {
    const { pages } = await this.graph.pages(CRAWL, { cursor: null, limit: 500 });
    const found = await Promise.all(pages.map(({ url }) => this.graph.page(url)));
    const rows = found.flatMap((page) => page?.sectionRows ?? []);
    return Object.fromEntries(rows.map(({ heading, summary }) => [heading, summary]));
  }
}

/** A text that is too long to be its own summary. */
export function longText(about: string): string {
  return `${about} is what this is about. `.repeat(20);
}

/** A page with one section for each heading, all too long to be their own summaries. */
export function longPage(path: string, headings: readonly string[]): PageWrite {
  return pageOf(
    path,
    headings.map((heading) => ({ heading, text: longText(heading) })),
  );
}

function warningsTo(lines: string[]): Logger {
  const ignore = () => {};
  return {
    debug: ignore,
    info: ignore,
    error: ignore,
    warn: (_, fields) => lines.push(JSON.stringify(fields)),
  };
}
