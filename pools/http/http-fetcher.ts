import { pageFailure } from '../../src/core/ledger/page-error.ts';
import { requestUrlOf } from '../../src/core/url/spellings.ts';
import type { Claim } from '../../src/model/frontier-url.ts';
import type { Fetcher, PageSink, PageSource } from '../../src/ports/fetcher.ts';
import {
  AUTOSCALING,
  BasicCrawler,
  type BasicCrawlerOptions,
  type BasicCrawlingContext,
  COMMON_OPTIONS,
  type Configuration,
  crawleeConfig,
  type IRequestManager,
} from '../crawlee/crawlee.ts';
import { FrontierRequestManager } from '../crawlee/frontier-request-manager.ts';
import { networkFailure } from '../net/network-failure.ts';
import { fetchDocument } from './fetch-document.ts';
import type { HttpAgent } from './http-agent.ts';

export interface HttpFetcherOptions {
  readonly agent: HttpAgent;
  /** Pages in progress at once, at most. */
  readonly concurrency: number;
  readonly maxBytes: number;
  /** For one page, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether a redirect leads where the crawl may go. */
  readonly mayFollow: (target: URL) => boolean;
}

/** Fetches pages by plain HTTP. */
export class HttpFetcher implements Fetcher {
  readonly #options: HttpFetcherOptions;
  readonly #abort = new AbortController();
  #crawler: BasicCrawler | null = null;

  constructor(options: HttpFetcherOptions) {
    this.#options = Object.freeze({ ...options });
  }

  async run(source: PageSource, sink: PageSink): Promise<void> {
    const requestManager = new FrontierRequestManager(source);
    const { concurrency } = this.#options;
    this.#crawler = new SourcedCrawler(
      {
        ...COMMON_OPTIONS,
        requestHandler: ({ request }: BasicCrawlingContext) =>
          this.#visit(requestManager.claimOf(request), source, sink),
        requestHandlerTimeoutSecs: 3600,
        autoscaledPoolOptions: { ...AUTOSCALING, desiredConcurrency: concurrency },
        minConcurrency: Math.min(4, concurrency),
        maxConcurrency: concurrency,
      },
      requestManager,
      crawleeConfig(),
    );
    if (!this.#abort.signal.aborted) await this.#crawler.run();
  }

  wake(): void {
    void this.#crawler?.autoscaledPool?.notify();
  }

  async stop(how: 'drain' | 'abort'): Promise<void> {
    if (how === 'drain') {
      this.#crawler?.stop();
      return;
    }
    this.#abort.abort();
    await this.#crawler?.autoscaledPool?.abort();
  }

  async #visit(claim: Claim, source: PageSource, sink: PageSink): Promise<void> {
    const startedAt = performance.now();
    try {
      const { maxBytes, timeoutMs, mayFollow, agent } = this.#options;
      const document = await fetchDocument(agent, requestUrlOf(claim), {
        signal: this.#abort.signal,
        maxBytes,
        timeoutMs,
        mayFollow,
        mayRequest: (url) => source.mayRequest(url),
      });
      const { status, finalUrl, contentType, charset, body } = document;
      const fetchMs = performance.now() - startedAt;
      await sink.fetched({ claim, finalUrl, status, contentType, charset, body, via: 'http', fetchMs });
    } catch (error) {
      if (!this.#abort.signal.aborted) await sink.failed(pageFailure(claim, networkFailure(error)));
    }
  }
}

/** Crawlee's BasicCrawler over a given request manager. */
export class SourcedCrawler extends BasicCrawler {
  /** Crawlee 3.18 declares the option `requestManager` but rejects it at run time, so this sets the member behind it. */
  constructor(options: BasicCrawlerOptions, source: IRequestManager, config: Configuration) {
    super(options, config);
    this.requestManager = source;
  }

  /** No proxy of Crawlee's is in use, so no error is one of a proxy. */
  protected override isProxyError(): boolean {
    return false;
  }
}
