import type { Claim, Discovery, Outcome } from '../../../src/model/frontier-url.ts';
import type { LedgerQuery, LedgerRow } from '../../../src/model/ledger.ts';
import type { UrlReason } from '../../../src/model/reason.ts';
import type { ClaimRequest, Frontier, FrontierLimits, FrontierStore } from '../../../src/ports/frontier.ts';
import { checkedFrontier } from './checked-frontier.ts';
import { NO_LIMITS } from './harness.ts';

export const LEASE_MS = 60_000;

/** `/a` stands for a page of one host, `//other/a` for a page of another one. */
export function urlOf(path: string): string {
  return path.startsWith('//') ? `http:${path}` : `http://site.test${path}`;
}

/** A URL as it is found. */
export function found(path: string, depth = 0, about: Partial<Discovery> = {}): Discovery {
  const url = urlOf(path);
  return { url, host: new URL(url).host, depth, by: 'link', foundOn: null, ...about };
}

/** Opens a crawl whose counts are checked after every operation. */
export async function openCrawl(
  store: FrontierStore,
  limits: Partial<FrontierLimits> = {},
  crawlId = 'crawl',
): Promise<Frontier> {
  const frontier = await store.open(crawlId, { ...NO_LIMITS, ...limits });
  return checkedFrontier(frontier, limits.maxPages ?? null);
}

export function request(about: Partial<ClaimRequest> = {}): ClaimRequest {
  return { owner: 'tester', leaseMs: LEASE_MS, exceptHosts: [], limit: 1, ...about };
}

/** Claims a page; there must be one. */
export async function claimPage(frontier: Frontier, about: Partial<ClaimRequest> = {}): Promise<Claim> {
  const answer = await frontier.claim(request(about));
  if (answer.kind !== 'pages') throw new Error(`there should be a page to claim, not ${answer.kind}`);
  return answer.claims[0];
}

/** Claims the page with this path, which must be next. */
export async function claimPath(frontier: Frontier, path: string): Promise<Claim> {
  const claim = await claimPage(frontier);
  if (claim.url !== urlOf(path)) throw new Error(`next should be ${path}, not ${claim.url}`);
  return claim;
}

/** Claims pages until nothing may be claimed; resolves to their URLs. */
export async function claimAll(frontier: Frontier, about: Partial<ClaimRequest> = {}): Promise<string[]> {
  const urls: string[] = [];
  for (;;) {
    const answer = await frontier.claim(request(about));
    if (answer.kind !== 'pages') return urls;
    urls.push(...answer.claims.map(({ url }) => url));
  }
}

export function done(claim: Claim, links: readonly Discovery[] = []): Outcome {
  return { kind: 'done', claim, finalUrl: claim.url, finalHost: claim.host, links };
}

export function redirected(claim: Claim, path: string, links: readonly Discovery[] = []): Outcome {
  const finalUrl = urlOf(path);
  return { kind: 'done', claim, finalUrl, finalHost: new URL(finalUrl).host, links };
}

export function failed(claim: Claim, reason: UrlReason = 'http-status', status?: number): Outcome {
  return { kind: 'failed', claim, reason, detail: 'status 500', ...(status === undefined ? {} : { status }) };
}

export function retry(claim: Claim, notBefore: number): Outcome {
  return { kind: 'retry', claim, reason: 'timeout', detail: 'no answer', notBefore };
}

/** Every line of the ledger, read page by page. */
export async function ledgerOf(
  frontier: Pick<Frontier, 'ledger'>,
  query: Partial<LedgerQuery> = {},
): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await frontier.ledger({ limit: 1000, state: null, ...query, cursor });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}

/** The line of one URL. */
export async function lineOf(frontier: Frontier, path: string): Promise<LedgerRow> {
  const line = (await ledgerOf(frontier)).find(({ url }) => url === urlOf(path));
  if (line === undefined) throw new Error(`${path} is not in the ledger`);
  return line;
}

/** State and reason of every URL by its path, for comparison at one glance. */
export async function statesOf(frontier: Frontier): Promise<Record<string, string>> {
  const rows = await ledgerOf(frontier);
  return Object.fromEntries(
    rows.map(({ url, state, reason }) => [
      url.replace('http://site.test', ''),
      reason === null ? state : `${state} ${reason}`,
    ]),
  );
}
