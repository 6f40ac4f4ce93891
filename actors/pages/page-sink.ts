import type { ActorRef } from '../../src/core/actor/actor.ts';
import { canonicalUrl } from '../../src/core/url/canonical-url.ts';
import type { Scope } from '../../src/core/url/scope.ts';
import { requestUrlOf } from '../../src/core/url/spellings.ts';
import type { FetchedPage, FetchFailure } from '../../src/model/fetched-page.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { PageSink } from '../../src/ports/fetcher.ts';
import type { HostPermits } from '../politeness/host-permits.ts';
import type { RobotsCache } from '../politeness/robots-cache.ts';
import type { ParserMessage } from './parser.ts';
import type { WriterMessage } from './writer.ts';

export interface PageSinkParts {
  readonly scope: Scope;
  readonly robots: RobotsCache;
  readonly permits: HostPermits;
  readonly parser: ActorRef<ParserMessage>;
  readonly writer: ActorRef<WriterMessage>;
  readonly hashRoutes: boolean;
}

/**
 * Receives the fetcher's results: sends pages to the parser and failures to the writer. A page that a redirect led out of
 * scope, or to where robots.txt forbids, is a failure.
 */
export class CrawlPageSink implements PageSink {
  readonly #parts: PageSinkParts;

  constructor(parts: PageSinkParts) {
    this.#parts = parts;
  }

  async fetched(page: FetchedPage): Promise<void> {
    await Promise.all([this.#parts.permits.release(page.claim), this.#forward(page)]);
  }

  async failed(failure: FetchFailure): Promise<void> {
    const { permits, writer } = this.#parts;
    await permits.release(failure.claim);
    if (failure.retryAt !== null) await permits.blockUntil(failure.claim.host, failure.retryAt);
    await writer.send({ kind: 'failure', failure });
  }

  async #forward(page: FetchedPage): Promise<void> {
    const { parser, hashRoutes } = this.#parts;
    const url = canonicalUrl(page.finalUrl, undefined, { hashRoutes });
    const refusal = url === null ? 'redirect-out-of-scope' : await this.#refusalOf(page, url);
    if (url === null || refusal !== null) await this.#refuse(page, refusal ?? 'redirect-out-of-scope');
    else await parser.send({ page, url });
  }

  /** A redirect never widens the scope, and the rules of robots.txt apply to its target too. */
  async #refusalOf({ claim, finalUrl }: FetchedPage, url: string): Promise<UrlReason | null> {
    if (finalUrl === requestUrlOf(claim)) return null;
    if (url !== claim.url && this.#parts.scope.verdict(url) !== null) return 'redirect-out-of-scope';
    const policy = await this.#parts.robots.policy(finalUrl);
    return policy.allows(finalUrl) ? null : 'robots';
  }

  async #refuse({ claim, status, finalUrl }: FetchedPage, reason: UrlReason): Promise<void> {
    const failure: FetchFailure = {
      claim,
      reason,
      detail: `It leads to ${finalUrl}`,
      status,
      retryable: false,
      target: finalUrl,
      retryAt: null,
    };
    await this.#parts.writer.send({ kind: 'failure', failure });
  }
}
