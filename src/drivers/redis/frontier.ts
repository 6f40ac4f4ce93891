import { randomUUID } from 'node:crypto';
import { amendFrontier } from '../../core/crawl/amend-frontier.ts';
import { WaymarkError } from '../../core/errors.ts';
import { spellingsIn } from '../../core/url/spellings.ts';
import type { Claim, Discovery, FrontierCounts, Outcome } from '../../model/frontier-url.ts';
import type { LedgerPage, LedgerQuery } from '../../model/ledger.ts';
import type { ListTrack } from '../../model/paginated-list.ts';
import type { UrlReason } from '../../model/reason.ts';
import type { Clock } from '../../ports/clock.ts';
import type {
  AddReport,
  AmendReport,
  ClaimRequest,
  ClaimResult,
  CompleteReport,
  Frontier,
  FrontierAmendment,
  FrontierLimits,
  FrontierStore,
  PageIdentity,
} from '../../ports/frontier.ts';
import { RedisAmendSteps } from './amend-steps.ts';
import type { RedisClient } from './client.ts';
import { CrawlHead } from './crawl-head.ts';
import {
  claimsMessage,
  discoveriesMessage,
  identitiesMessage,
  outcomesMessage,
} from './frontier-messages.ts';
import { crawlKey, DEFAULT_NAMESPACE, listTracksKey } from './keys.ts';
import { readLedger, readReasons } from './ledger.ts';
import { redisReply } from './redis-error.ts';
import { Script } from './script.ts';

/** Maximum number of discoveries that one step adds, so that other clients need not wait for a long list. */
const ADDED_AT_ONCE = 1000;
/** Maximum number of lists of records that one step removes or expires. */
const LISTS_AT_ONCE = 1000;

const SCRIPTS = {
  open: new Script('open'),
  add: new Script('add'),
  claim: new Script('claim'),
  extend: new Script('extend'),
  complete: new Script('complete'),
  release: new Script('release'),
  releaseOwner: new Script('release-owner'),
  identify: new Script('identify'),
  saveTrack: new Script('board-keep'),
  close: new Script('close'),
  drop: new Script('drop'),
  expire: new Script('expire'),
};

/** Frontiers in Redis, each in one hash slot. Calls reject with a `WaymarkError`. */
export class RedisFrontierStore implements FrontierStore {
  readonly #client: RedisClient;
  readonly #clock: Clock;
  readonly #namespace: string;

  constructor(client: RedisClient, clock: Clock, namespace = DEFAULT_NAMESPACE) {
    this.#client = client;
    this.#clock = clock;
    this.#namespace = namespace;
  }

  async open(crawlId: string, limits: FrontierLimits): Promise<Frontier> {
    const key = this.#key(crawlId);
    const args = [limits.maxPages ?? '', limits.maxUrls, limits.maxDepth ?? ''];
    while ((await SCRIPTS.open.run(this.#client, key, ...args)) === 0) await this.drop(crawlId);
    return new RedisFrontier(this.#client, this.#clock, key);
  }

  async drop(crawlId: string): Promise<void> {
    while ((await SCRIPTS.drop.run(this.#client, this.#key(crawlId), LISTS_AT_ONCE)) === 0);
  }

  ledger(crawlId: string, query: LedgerQuery): Promise<LedgerPage> {
    return readLedger(this.#client, this.#key(crawlId), query);
  }

  reasons(crawlId: string): Promise<Readonly<Record<string, number>>> {
    return readReasons(this.#client, this.#key(crawlId));
  }

  /**
   * Expires all keys of a crawl `seconds` from now (null: never), also those that late workers add.
   */
  async expire(crawlId: string, seconds: number | null): Promise<void> {
    const key = this.#key(crawlId);
    let from: unknown = 0;
    do from = await SCRIPTS.expire.run(this.#client, key, seconds ?? '', Number(from), LISTS_AT_ONCE);
    while (from !== -1);
  }

  /** Releases all claims of an owner; the crawl need not be open. */
  async releaseOwner(crawlId: string, owner: string): Promise<void> {
    const key = this.#key(crawlId);
    if ((await redisReply(this.#client.hexists(key, 'maxUrls'))) === 0) return;
    await SCRIPTS.releaseOwner.run(this.#client, key, owner);
  }

  #key(crawlId: string): string {
    return crawlKey(this.#namespace, crawlId);
  }
}

class RedisFrontier implements Frontier {
  readonly #client: RedisClient;
  readonly #clock: Clock;
  readonly #key: string;
  readonly #head: CrawlHead;

  constructor(client: RedisClient, clock: Clock, key: string) {
    this.#client = client;
    this.#clock = clock;
    this.#key = key;
    this.#head = new CrawlHead(client, key);
  }

  async add(discoveries: readonly Discovery[]): Promise<AddReport> {
    const report = { added: 0, seen: 0, overflow: 0 };
    for (let from = 0; from < discoveries.length; from += ADDED_AT_ONCE) {
      const message = discoveriesMessage(discoveries.slice(from, from + ADDED_AT_ONCE));
      const [added, seen, overflow] = numbers(await SCRIPTS.add.run(this.#client, this.#key, ...message));
      report.added += added;
      report.seen += seen;
      report.overflow += overflow;
    }
    return report;
  }

  async claim(request: ClaimRequest): Promise<ClaimResult> {
    const lease = randomUUID();
    for (;;) {
      const result = await this.#claim(lease, request);
      if (result !== null) return result;
    }
  }

  /** Null where the search for a page was broken off. */
  async #claim(lease: string, request: ClaimRequest): Promise<ClaimResult | null> {
    const { owner, leaseMs, exceptHosts, limit } = request;
    const now = this.#clock.now();
    const args = [now, now + leaseMs, lease, owner, limit, ...exceptHosts];
    const reply = (await SCRIPTS.claim.run(this.#client, this.#key, ...args)) as RawClaim;
    switch (reply[0]) {
      case 'pages': {
        const [, first, ...more] = reply;
        const following = more.map((page, index) => claimOf(page, `${lease}-${index + 2}`));
        return { kind: 'pages', claims: [claimOf(first, `${lease}-1`), ...following] };
      }
      case 'wait':
        return { kind: 'wait', retryAt: reply[1] === undefined ? null : Number(reply[1]) };
      case 'again':
        return null;
      default:
        return { kind: reply[0] };
    }
  }

  async extend(claims: readonly Claim[], leaseMs: number): Promise<readonly string[]> {
    if (claims.length === 0) return [];
    const leaseEnd = this.#clock.now() + leaseMs;
    const lost = await SCRIPTS.extend.run(this.#client, this.#key, ...claimsMessage(claims), leaseEnd);
    return urlsAt(claims, lost as readonly number[]);
  }

  async complete(outcomes: readonly Outcome[]): Promise<CompleteReport> {
    const reply = await SCRIPTS.complete.run(this.#client, this.#key, ...outcomesMessage(outcomes));
    const [found, done, failed, skipped, pending, active, finished, ...lost] = reply as RawCompletion;
    const claims = outcomes.map(({ claim }) => claim);
    return {
      counts: { found, done, failed, skipped, pending, active },
      finished: finished === 1,
      lost: urlsAt(claims, lost),
    };
  }

  async release(claims: readonly Claim[], notBefore: number): Promise<void> {
    if (claims.length === 0) return;
    await SCRIPTS.release.run(this.#client, this.#key, ...claimsMessage(claims), notBefore);
  }

  async releaseOwner(owner: string): Promise<number> {
    return (await SCRIPTS.releaseOwner.run(this.#client, this.#key, owner)) as number;
  }

  async identify(pages: readonly PageIdentity[]): Promise<readonly string[]> {
    return (await SCRIPTS.identify.run(this.#client, this.#key, ...identitiesMessage(pages))) as string[];
  }

  async listTracks(patterns: readonly string[]): Promise<readonly ListTrack[]> {
    if (patterns.length === 0) return [];
    const kept = await redisReply(this.#client.hmget(listTracksKey(this.#key), ...patterns));
    return kept.flatMap((track) => (track === null ? [] : [JSON.parse(track) as ListTrack]));
  }

  async saveListTrack(track: ListTrack): Promise<boolean> {
    const args = [track.pattern.url, track.revision, JSON.stringify(track)];
    return (await SCRIPTS.saveTrack.run(this.#client, this.#key, ...args)) === 1;
  }

  counts(): Promise<FrontierCounts> {
    return this.#head.counts();
  }

  reasons(): Promise<Readonly<Record<string, number>>> {
    return readReasons(this.#client, this.#key);
  }

  isFinished(): Promise<boolean> {
    return this.#head.isFinished();
  }

  async close(reason: UrlReason): Promise<void> {
    await SCRIPTS.close.run(this.#client, this.#key, reason);
  }

  closeReason(): Promise<UrlReason | null> {
    return this.#head.closeReason();
  }

  amend(amendment: FrontierAmendment): Promise<AmendReport> {
    return amendFrontier(new RedisAmendSteps(this.#client, this.#key), amendment);
  }

  ledger(query: LedgerQuery): Promise<LedgerPage> {
    return readLedger(this.#client, this.#key, query);
  }
}

/** Reply of `commands/claim.lua`. */
type RawClaim =
  | readonly ['pages', first: RawPage, ...more: RawPage[]]
  | readonly ['wait', retryAt?: string]
  | readonly ['again']
  | readonly ['paused' | 'cancelled' | 'finished'];

type RawPage = readonly [url: string, host: string, depth: number, attempt: number, spellings?: string];

/** Reply of `commands/complete.lua`. */
type RawCompletion = readonly [
  found: number,
  done: number,
  failed: number,
  skipped: number,
  pending: number,
  active: number,
  finished: number,
  ...lost: number[],
];

function claimOf([url, host, depth, attempt, stored]: RawPage, lease: string): Claim {
  const spellings = spellingsIn(stored ?? null);
  return { url, host, depth, attempt, lease, ...(spellings === undefined ? {} : { spellings }) };
}

function numbers(reply: unknown): readonly [number, number, number] {
  return reply as readonly [number, number, number];
}

function urlsAt(claims: readonly Claim[], places: readonly number[]): readonly string[] {
  return places.map((place) => {
    const claim = claims[place];
    if (claim === undefined) throw new WaymarkError('internal', `there is no claim ${place}`);
    return claim.url;
  });
}
