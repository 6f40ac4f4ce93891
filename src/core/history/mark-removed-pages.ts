import type { LedgerRow } from '../../model/ledger.ts';
import type { Frontier } from '../../ports/frontier.ts';
import type { MapWriter, PageQueries } from '../../ports/graph-store.ts';
import type { SiteHistory } from '../../ports/site-history.ts';
import { isRemovedStatus } from '../net/status-failure.ts';
import type { Scope } from '../url/scope.ts';

/** Pages that earlier crawls stored and this one did not, past which nothing is judged: bounds memory. */
const MAX_JUDGED = 100_000;
const AT_ONCE = 500;
/** Pages whose links are read at once. */
const LINKS_OF = 100;
/** Left out on purpose, though what they link may have been reached by them before. */
const LEFT_OUT: readonly string[] = ['sampled-out', 'repeats'];

export interface EndedCrawl {
  readonly crawlId: string;
  readonly graph: Pick<SiteHistory, 'unseen'> &
    Pick<PageQueries, 'linkedFrom'> &
    Pick<MapWriter, 'markRemoved'>;
  readonly frontier: Pick<Frontier, 'ledger' | 'closeReason'>;
  readonly scope: Scope;
  /** Pages that only a sitemap names could be found. */
  readonly readsSitemaps: boolean;
  /** Epoch ms. */
  readonly at: number;
}

/**
 * Marks the pages that were removed from a site, after a crawl of it; returns how many.
 *
 * A page is removed if the server responds with 404 or 410, or if the crawl ran to its end and no route led to the page any more.
 * Pages that the crawl found but could not or should not visit are not removed, nor are pages that those linked when they
 * were last stored.
 */
export async function markRemovedPages(crawl: EndedCrawl): Promise<number> {
  const { crawlId, graph, at } = crawl;
  const unseen = await readUnseen(crawl);
  if (unseen === null || unseen.size === 0) return 0;
  const met = await readLedger(crawl, unseen);
  const lost = met.sawAll ? await withoutTrace(crawl, unseen, met.notVisited) : [];
  const removed = [...new Set([...met.removed, ...lost])];
  for (let first = 0; first < removed.length; first += AT_ONCE)
    await graph.markRemoved(crawlId, removed.slice(first, first + AT_ONCE), at);
  return removed.length;
}

async function readUnseen({ crawlId, graph }: EndedCrawl): Promise<ReadonlySet<string> | null> {
  const unseen = new Set<string>();
  for (let cursor: string | null = null; ; ) {
    const { urls, next } = await graph.unseen(crawlId, { cursor, limit: AT_ONCE });
    for (const url of urls) unseen.add(url);
    if (unseen.size > MAX_JUDGED) return null;
    if (next === null) return unseen;
    cursor = next;
  }
}

/** What the ledger says about pages of earlier crawls. */
interface Met {
  readonly removed: readonly string[];
  readonly notVisited: readonly string[];
  /** Whatever the site's pages lead to is in the ledger. */
  readonly sawAll: boolean;
}

async function readLedger(crawl: EndedCrawl, unseen: ReadonlySet<string>): Promise<Met> {
  const removed: string[] = [];
  const notVisited: string[] = [];
  let sawAll = crawl.readsSitemaps && (await crawl.frontier.closeReason()) === null;
  for await (const row of notDone(crawl.frontier)) {
    const { url, reason } = row;
    if (LEFT_OUT.includes(reason ?? '')) sawAll = false;
    if (!unseen.has(url)) continue;
    if (reason === 'http-status' && isRemovedStatus(statusOf(row))) removed.push(url);
    else notVisited.push(url);
  }
  return { removed, notVisited, sawAll };
}

/** 0 if there was none. Ledgers of earlier versions hold the status in the detail alone. */
function statusOf({ status, detail }: LedgerRow): number {
  return status ?? Number(/^The server answered (\d{3})$/.exec(detail ?? '')?.[1] ?? 0);
}

async function* notDone(frontier: EndedCrawl['frontier']): AsyncGenerator<LedgerRow> {
  for (const state of ['failed', 'skipped'] as const) {
    let cursor: string | null = null;
    do {
      const { rows, next } = await frontier.ledger({ cursor, limit: AT_ONCE, state });
      yield* rows;
      cursor = next;
    } while (cursor !== null);
  }
}

/** Pages that are neither kept out of the crawl nor linked, over any number of links, by pages that it did not visit. */
async function withoutTrace(
  { graph, scope }: EndedCrawl,
  unseen: ReadonlySet<string>,
  notVisited: readonly string[],
): Promise<readonly string[]> {
  const keptOut = [...unseen].filter((url) => scope.verdict(url) !== null);
  const mayBeThere = new Set([...notVisited, ...keptOut]);
  for (let wave = [...mayBeThere]; wave.length > 0; ) {
    const linked = await graph.linkedFrom(wave.splice(0, LINKS_OF));
    const fresh = linked.filter((url) => unseen.has(url) && !mayBeThere.has(url));
    for (const url of fresh) mayBeThere.add(url);
    wave = [...wave, ...fresh];
  }
  return [...unseen].filter((url) => !mayBeThere.has(url));
}
