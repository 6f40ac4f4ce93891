import { LRUCache } from 'lru-cache';
import { Actor, type Behaviour } from '../../src/core/actor/actor.ts';
import type { ActorMetrics } from '../../src/core/actor/actor-metrics.ts';
import { retryThen } from '../../src/core/actor/supervision.ts';
import { outcomeOfFailure, type PageRetries } from '../../src/core/crawl/outcome-of-failure.ts';
import { saveBatches } from '../../src/core/map/save-batches.ts';
import { isOutage } from '../../src/core/retry-while-unavailable.ts';
import { splitUrl } from '../../src/core/url/canonical-url.ts';
import { looseKey } from '../../src/core/url/loose-key.ts';
import type { FetchFailure, VisitedPage } from '../../src/model/fetched-page.ts';
import type { Discovery, Outcome } from '../../src/model/frontier-url.ts';
import type { AliasWrite, PageWrite, SaveSize } from '../../src/model/page.ts';
import type { ListPosition } from '../../src/model/paginated-list.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { CompleteReport, Frontier } from '../../src/ports/frontier.ts';
import type { MapWriter } from '../../src/ports/graph-store.ts';
import type { TrackedPage } from '../pagination/list-tracker.ts';
import type { LeaseRenewer } from './lease-renewer.ts';

export type WriterMessage = VisitedPage | { readonly kind: 'failure'; readonly failure: FetchFailure };

/** One batch: its pages, the outcomes of their URLs, and the counts of the crawl after it. */
export interface Written {
  readonly pages: readonly VisitedPage[];
  readonly outcomes: readonly Outcome[];
  readonly report: CompleteReport;
}

export interface WriterParts {
  readonly crawlId: string;
  readonly frontier: Frontier;
  readonly graph: Pick<MapWriter, 'save' | 'saveSize'>;
  readonly leases: LeaseRenewer;
  readonly clock: Clock;
  readonly metrics: ActorMetrics;
  readonly retries: PageRetries;
  /** Finds the position of each page in a paginated list, and the links that the crawl follows from it. */
  readonly track: (pages: readonly VisitedPage[]) => Promise<readonly TrackedPage[]>;
  /** Null if the frontier must receive every link. */
  readonly seen: SeenUrls | null;
  /** How long a batch that is not full waits for more pages, in milliseconds. */
  readonly lingerMs: () => number;
  /** Called after each batch. */
  readonly onWritten: (written: Written) => Promise<void>;
  /** Aborts when the run is stopped: the writer then no longer waits for an unavailable store. */
  readonly signal: AbortSignal;
  readonly onEscalated: (error: unknown) => void;
}

const BATCH_SIZE = 32;
const RETRIES = retryThen({ attempts: 5, delayMs: 200, maxDelayMs: 5000, after: 'escalate' });

/** Commits pages in batches: first to the graph, then to the frontier. A crash in between costs a second visit. */
export function startWriter(parts: WriterParts): Actor<WriterMessage> {
  return new Actor<WriterMessage>(
    {
      name: 'writer',
      create: () => new Writer(parts),
      capacity: BATCH_SIZE * 2,
      batchSize: BATCH_SIZE,
      lingerMs: parts.lingerMs,
      supervision: (failure) =>
        parts.signal.aborted && isOutage(failure.error) ? { kind: 'escalate' } : RETRIES(failure),
      onEscalated: parts.onEscalated,
    },
    parts.clock,
    parts.metrics,
  );
}

class Writer implements Behaviour<WriterMessage> {
  readonly #parts: WriterParts;
  #saveSize: SaveSize | null = null;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  async handle(messages: readonly WriterMessage[]): Promise<void> {
    const pages = messages.filter((message) => message.kind === 'page');
    const failures = messages.filter((message) => message.kind === 'failure');
    const firstUrls = await this.#identify(pages);
    const tracked = await this.#track(pages, firstUrls);
    await this.#save(pages, firstUrls, tracked);
    const now = this.#parts.clock.now();
    await this.#complete(pages, [
      ...pages.map((page, index) => outcomeOf(page, this.#newLinks(tracked.get(page)), firstUrls[index])),
      ...failures.map(({ failure }) => outcomeOfFailure(failure, this.#parts.retries, now)),
    ]);
  }

  /** Null for a page that is not stored. */
  #newLinks(tracked: TrackedPage | undefined): readonly Discovery[] | null {
    const { seen } = this.#parts;
    if (tracked === undefined) return null;
    return seen === null ? tracked.links : seen.unseen(tracked.links);
  }

  /** The pages that are stored, under their own URLs. */
  async #track(
    pages: readonly VisitedPage[],
    firstUrls: readonly string[],
  ): Promise<ReadonlyMap<VisitedPage, TrackedPage>> {
    const stored = pages.filter(({ url }, index) => firstUrls[index] === url);
    const tracked = await this.#parts.track(stored);
    return new Map(stored.map((page, index) => [page, tracked[index] ?? { links: [], listPosition: null }]));
  }

  /** The URL under which each page is stored: the first URL with the same content, or its own. */
  async #identify(pages: readonly VisitedPage[]): Promise<readonly string[]> {
    if (pages.length === 0) return [];
    return this.#parts.frontier.identify(
      pages.map(({ url, parsed }) => ({ url, looseKey: looseKey(url), contentHash: parsed.contentHash })),
    );
  }

  async #save(
    pages: readonly VisitedPage[],
    firstUrls: readonly string[],
    tracked: ReadonlyMap<VisitedPage, TrackedPage>,
  ): Promise<void> {
    const { graph, crawlId, clock } = this.#parts;
    const fetchedAt = clock.now();
    const writes = [...tracked].map(([page, { listPosition }]) => pageWrite(page, listPosition, fetchedAt));
    const aliases = pages.flatMap((page, index) => aliasesOf(page, firstUrls[index] ?? page.url));
    if (writes.length + aliases.length === 0) return;
    this.#saveSize ??= await graph.saveSize();
    const batches = [...saveBatches(writes, this.#saveSize)];
    const last = batches.pop() ?? [];
    for (const batch of batches) await graph.save(crawlId, batch, []);
    await graph.save(crawlId, last, aliases);
  }

  async #complete(pages: readonly VisitedPage[], outcomes: readonly Outcome[]): Promise<void> {
    const { frontier, leases, seen, onWritten } = this.#parts;
    const report = await frontier.complete(outcomes);
    const lost = new Set(report.lost);
    for (const outcome of outcomes) {
      leases.remove(outcome.claim);
      if (outcome.kind === 'done' && !lost.has(outcome.claim.url)) seen?.add(outcome.links);
    }
    await onWritten({ pages, outcomes, report });
  }
}

/** `links` is null for a duplicate of the page that is stored under `firstUrl`. */
function outcomeOf({ claim, url }: VisitedPage, links: readonly Discovery[] | null, firstUrl = url): Outcome {
  if (links === null) return { kind: 'skipped', claim, reason: 'duplicate', target: firstUrl };
  return { kind: 'done', claim, finalUrl: url, finalHost: splitUrl(url).host, links };
}

function pageWrite(
  { claim, url, status, via, parsed }: VisitedPage,
  listPosition: ListPosition | null,
  fetchedAt: number,
): PageWrite {
  return { url, depth: claim.depth, status, via, fetchedAt, parsed, listPosition };
}

/** The claimed URL and the loaded URL become aliases of the URL under which the content is stored. */
function aliasesOf({ claim, url: loaded }: VisitedPage, target: string): readonly AliasWrite[] {
  return [...new Set([claim.url, loaded])].filter((url) => url !== target).map((url) => ({ url, target }));
}

/** Entries of the cache; about 20 MB. */
const MAX_SEEN = 100_000;

/**
 * URLs, as written, that this run has added to the frontier. Most links of a page are on many others too, and adding them again changes
 * nothing, unless a depth limit makes a shorter route count.
 */
export class SeenUrls {
  readonly #urls = new LRUCache<string, true>({ max: MAX_SEEN });

  /** The links that the frontier may not have yet. */
  unseen(links: readonly Discovery[]): readonly Discovery[] {
    return links.filter(
      ({ url, by, spelling = url }) => by !== 'link' || this.#urls.get(spelling) === undefined,
    );
  }

  add(links: readonly Discovery[]): void {
    for (const { url, spelling = url } of links) this.#urls.set(spelling, true);
  }
}
