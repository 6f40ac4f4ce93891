import { LRUCache } from 'lru-cache';
import type { Behaviour } from '../../src/core/actor/actor.ts';
import { outcomeOfFailure, type PageRetries } from '../../src/core/crawl/outcome-of-failure.ts';
import { splitUrl } from '../../src/core/url/canonical-url.ts';
import { looseKey } from '../../src/core/url/loose-key.ts';
import type { FetchFailure, VisitedPage } from '../../src/model/fetched-page.ts';
import type { Discovery, Outcome } from '../../src/model/frontier-url.ts';
import type { AliasWrite, PageWrite } from '../../src/model/page.ts';
import type { ListPosition } from '../../src/model/paginated-list.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { CompleteReport, Frontier } from '../../src/ports/frontier.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';
import type { TrackedPage } from '../pagination/list-tracker.ts';
import type { LeaseRenewer } from './lease-renewer.ts';

export type WriterMessage = VisitedPage | { readonly kind: 'failure'; readonly failure: FetchFailure };

/** One batch: the pages in it, what became of their URLs, and how the crawl stands now. */
export interface Written {
  readonly pages: readonly VisitedPage[];
  readonly outcomes: readonly Outcome[];
  readonly report: CompleteReport;
}

export interface WriterParts {
  readonly crawlId: string;
  readonly frontier: Frontier;
  readonly graph: GraphStore;
  readonly leases: LeaseRenewer;
  readonly clock: Clock;
  readonly retries: PageRetries;
  /** Where each page stands in a board, and where the crawl goes on from it. */
  readonly sort: (pages: readonly VisitedPage[]) => Promise<readonly TrackedPage[]>;
  /** Null where the frontier is told of every link. */
  readonly told: SeenUrls | null;
  /** Told after each batch. */
  readonly onWritten: (written: Written) => Promise<void>;
}

/** Commits pages to the graph first, then settles them in the frontier: a crash in between costs a second visit. */
export class Writer implements Behaviour<WriterMessage> {
  readonly #parts: WriterParts;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  async handle(messages: readonly WriterMessage[]): Promise<void> {
    const pages = messages.filter((message) => message.kind === 'page');
    const failures = messages.filter((message) => message.kind === 'failure');
    const firstUrls = await this.#identify(pages);
    const sorted = await this.#sorted(pages, firstUrls);
    await this.#save(pages, firstUrls, sorted);
    const now = this.#parts.clock.now();
    await this.#settle(pages, [
      ...pages.map((page, index) => outcomeOf(page, this.#newLinks(sorted.get(page)), firstUrls[index])),
      ...failures.map(({ failure }) => outcomeOfFailure(failure, this.#parts.retries, now)),
    ]);
  }

  /** Null for a page that is not stored. */
  #newLinks(sorted: TrackedPage | undefined): readonly Discovery[] | null {
    const { told } = this.#parts;
    if (sorted === undefined) return null;
    return told === null ? sorted.links : told.newOnes(sorted.links);
  }

  /** The pages that are stored, under their own URLs. */
  async #sorted(
    pages: readonly VisitedPage[],
    firstUrls: readonly string[],
  ): Promise<ReadonlyMap<VisitedPage, TrackedPage>> {
    const stored = pages.filter(({ url }, index) => firstUrls[index] === url);
    const sorted = await this.#parts.sort(stored);
    return new Map(stored.map((page, index) => [page, sorted[index] ?? { links: [], listPosition: null }]));
  }

  async #identify(pages: readonly VisitedPage[]): Promise<readonly string[]> {
    if (pages.length === 0) return [];
    return this.#parts.frontier.identify(
      pages.map(({ url, parsed }) => ({ url, looseKey: looseKey(url), contentHash: parsed.contentHash })),
    );
  }

  async #save(
    pages: readonly VisitedPage[],
    firstUrls: readonly string[],
    sorted: ReadonlyMap<VisitedPage, TrackedPage>,
  ): Promise<void> {
    const { graph, crawlId, clock } = this.#parts;
    const fetchedAt = clock.now();
    const writes = [...sorted].map(([page, { listPosition }]) => pageWrite(page, listPosition, fetchedAt));
    const aliases = pages.flatMap((page, index) => aliasesOf(page, firstUrls[index] ?? page.url));
    if (writes.length + aliases.length > 0) await graph.save(crawlId, writes, aliases);
  }

  async #settle(pages: readonly VisitedPage[], outcomes: readonly Outcome[]): Promise<void> {
    const { frontier, leases, told, onWritten } = this.#parts;
    const report = await frontier.complete(outcomes);
    const lost = new Set(report.lost);
    for (const outcome of outcomes) {
      leases.drop(outcome.claim);
      if (outcome.kind === 'done' && !lost.has(outcome.claim.url)) told?.add(outcome.links);
    }
    await onWritten({ pages, outcomes, report });
  }
}

/** A page without links of its own is a duplicate of the page that was stored under `firstUrl`. */
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

/** The claimed URL and the one that was loaded lead to the URL under which the content is stored. */
function aliasesOf({ claim, url }: VisitedPage, target: string): readonly AliasWrite[] {
  return [...new Set([claim.url, url])]
    .filter((known) => known !== target)
    .map((known) => ({ url: known, target }));
}

/** URLs that are remembered, some 20 MB. */
const REMEMBERED = 100_000;

/**
 * URLs that the frontier was told of in this run. Most links of a page are on many others too, and telling of them again
 * changes nothing, unless a limit of depth makes a shorter way count.
 */
export class SeenUrls {
  readonly #urls = new LRUCache<string, true>({ max: REMEMBERED });

  /** The links that the frontier may not know. */
  newOnes(links: readonly Discovery[]): readonly Discovery[] {
    return links.filter(({ url, by }) => by !== 'link' || this.#urls.get(url) === undefined);
  }

  add(links: readonly Discovery[]): void {
    for (const { url } of links) this.#urls.set(url, true);
  }
}
