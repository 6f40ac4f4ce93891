import type { ActorRef } from '../../src/core/actor/actor.ts';
import { canonicalUrl } from '../../src/core/url/canonical-url.ts';
import type { Scope } from '../../src/core/url/scope.ts';
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
  readonly visits: HostPermits;
  readonly parser: ActorRef<ParserMessage>;
  readonly writer: ActorRef<WriterMessage>;
  readonly hashRoutes: boolean;
}

/** Takes pages from the fetcher, judges where they landed, and passes them on. */
export class CrawlPageSink implements PageSink {
  readonly #parts: PageSinkParts;

  constructor(parts: PageSinkParts) {
    this.#parts = parts;
  }

  async fetched(page: FetchedPage): Promise<void> {
    await Promise.all([this.#parts.visits.leave(page.claim), this.#passOn(page)]);
  }

  async failed(failure: FetchFailure): Promise<void> {
    const { visits, writer } = this.#parts;
    await visits.leave(failure.claim);
    if (failure.retryAt !== null) await visits.hold(failure.claim, failure.retryAt);
    await writer.send({ kind: 'failure', failure });
  }

  async #passOn(page: FetchedPage): Promise<void> {
    const { parser, hashRoutes } = this.#parts;
    const url = canonicalUrl(page.finalUrl, undefined, { hashRoutes });
    const refusal = url === null ? 'redirect-out-of-scope' : await this.#judge(page, url);
    if (url === null || refusal !== null) await this.#refuse(page, refusal ?? 'redirect-out-of-scope');
    else await parser.send({ page, url });
  }

  /** A redirect never widens the scope, and robots.txt is asked again where it leads. */
  async #judge({ claim }: FetchedPage, url: string): Promise<UrlReason | null> {
    if (url === claim.url) return null;
    if (this.#parts.scope.verdict(url) !== null) return 'redirect-out-of-scope';
    const policy = await this.#parts.robots.policy(url);
    return policy.allows(url) ? null : 'robots';
  }

  async #refuse({ claim, status, finalUrl }: FetchedPage, reason: UrlReason): Promise<void> {
    const detail = `It leads to ${finalUrl}`;
    const failure: FetchFailure = {
      claim,
      reason,
      detail,
      status,
      retryable: false,
      target: finalUrl,
      retryAt: null,
    };
    await this.#parts.writer.send({ kind: 'failure', failure });
  }
}
