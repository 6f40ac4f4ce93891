import type { Claim } from '../../src/model/frontier-url.ts';
import type { Fetcher, PageSink, PageSource } from '../../src/ports/fetcher.ts';
import type { BasicCrawler, BasicCrawlingContext } from '../crawlee/crawlee.ts';
import { AUTOSCALING, COMMON_OPTIONS, crawleeConfig } from '../crawlee/crawlee-config.ts';
import { FrontierRequestManager } from '../crawlee/frontier-request-manager.ts';
import { pageFailure } from '../crawlee/page-failure.ts';
import { SourcedCrawler } from '../crawlee/sourced-crawler.ts';
import { networkFailure } from '../net/network-failure.ts';
import type { HttpAgent } from './http-agent.ts';
import { fetchDocument } from './http-client.ts';

export interface HttpFetcherOptions {
  readonly agent: HttpAgent;
  /** Pages open at once, at most. */
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
          this.#visit(requestManager.claimOf(request), sink),
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

  async #visit(claim: Claim, sink: PageSink): Promise<void> {
    const startedAt = performance.now();
    try {
      const { maxBytes, timeoutMs, mayFollow, agent } = this.#options;
      const document = await fetchDocument(agent, claim.url, {
        signal: this.#abort.signal,
        maxBytes,
        timeoutMs,
        mayFollow,
      });
      const { status, finalUrl, contentType, charset, body } = document;
      const fetchMs = performance.now() - startedAt;
      await sink.fetched({ claim, finalUrl, status, contentType, charset, body, via: 'http', fetchMs });
    } catch (error) {
      if (!this.#abort.signal.aborted) await sink.failed(pageFailure(claim, networkFailure(error)));
    }
  }
}
