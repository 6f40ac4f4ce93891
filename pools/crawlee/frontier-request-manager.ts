import { requestUrlOf } from '../../src/core/url/spellings.ts';
import type { Claim } from '../../src/model/frontier-url.ts';
import type { PageSource } from '../../src/ports/fetcher.ts';
import { type IRequestManager, Request, type RequestQueueOperationInfo } from './crawlee.ts';

/**
 * Lets Crawlee take its requests from the frontier. The frontier owns retries, deduplication and limits, so adding and
 * reclaiming requests throws.
 */
export class FrontierRequestManager implements IRequestManager {
  readonly #source: PageSource;
  readonly #claims = new WeakMap<Request, Claim>();
  #handled = 0;

  constructor(source: PageSource) {
    this.#source = source;
  }

  /** The claim of a request that `fetchNextRequest` returned. */
  claimOf(request: Request): Claim {
    const claim = this.#claims.get(request);
    if (claim === undefined) throw new Error('The request has no claim: it is not from the frontier');
    return claim;
  }

  async fetchNextRequest<T extends Record<string, unknown>>(): Promise<Request<T> | null> {
    const claim = await this.#source.next();
    if (claim === null) return null;
    const request = new Request<T>({ url: requestUrlOf(claim), uniqueKey: claim.lease, id: claim.lease });
    this.#claims.set(request, claim);
    return request;
  }

  isEmpty(): Promise<boolean> {
    return this.#source.isEmpty();
  }

  isFinished(): Promise<boolean> {
    return this.#source.isFinished();
  }

  async handledCount(): Promise<number> {
    return this.#handled;
  }

  getTotalCount(): number {
    return this.#handled;
  }

  getPendingCount(): number {
    return 0;
  }

  async markRequestHandled(): Promise<void> {
    this.#handled += 1;
  }

  reclaimRequest(): Promise<RequestQueueOperationInfo | null> {
    throw refused();
  }

  addRequest(): Promise<RequestQueueOperationInfo> {
    throw refused();
  }

  addRequestsBatched(): ReturnType<IRequestManager['addRequestsBatched']> {
    throw refused();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
    for (
      let request = await this.fetchNextRequest();
      request !== null;
      request = await this.fetchNextRequest()
    ) {
      yield request;
    }
  }
}

function refused(): Error {
  return new Error('Add URLs to the frontier, not to Crawlee');
}
