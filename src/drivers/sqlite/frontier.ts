import { type AmendMove, amendFrontier } from '../../core/crawl/amend-frontier.ts';
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
import type { Remote } from '../system/thread-rpc.ts';
import type { Database } from './database.ts';
import type { FrontierTable } from './tables/frontier-table.ts';

/** Frontiers in the SQLite file. */
export class SqliteFrontierStore implements FrontierStore {
  readonly #table: Remote<FrontierTable>;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#table = database.service('frontier');
    this.#clock = clock;
  }

  async open(crawlId: string, limits: FrontierLimits): Promise<Frontier> {
    await this.#table.open(crawlId, limits);
    return new SqliteFrontier(this.#table, this.#clock, crawlId);
  }

  drop(crawlId: string): Promise<void> {
    return this.#table.drop(crawlId);
  }

  ledger(crawlId: string, query: LedgerQuery): Promise<LedgerPage> {
    return this.#table.ledger(crawlId, query);
  }

  reasons(crawlId: string): Promise<Readonly<Record<string, number>>> {
    return this.#table.reasons(crawlId);
  }
}

class SqliteFrontier implements Frontier {
  readonly #table: Remote<FrontierTable>;
  readonly #clock: Clock;
  readonly #crawlId: string;

  constructor(table: Remote<FrontierTable>, clock: Clock, crawlId: string) {
    this.#table = table;
    this.#clock = clock;
    this.#crawlId = crawlId;
  }

  add(discoveries: readonly Discovery[]): Promise<AddReport> {
    return this.#table.add(this.#crawlId, discoveries);
  }

  claim(request: ClaimRequest): Promise<ClaimResult> {
    return this.#table.claim(this.#crawlId, request, this.#clock.now());
  }

  extend(claims: readonly Claim[], leaseMs: number): Promise<readonly string[]> {
    return this.#table.extend(this.#crawlId, claims, this.#clock.now() + leaseMs);
  }

  complete(outcomes: readonly Outcome[]): Promise<CompleteReport> {
    return this.#table.complete(this.#crawlId, outcomes);
  }

  release(claims: readonly Claim[], notBefore: number): Promise<void> {
    return this.#table.release(this.#crawlId, claims, notBefore);
  }

  releaseOwner(owner: string): Promise<number> {
    return this.#table.releaseOwner(this.#crawlId, owner);
  }

  identify(pages: readonly PageIdentity[]): Promise<readonly string[]> {
    return this.#table.identify(this.#crawlId, pages);
  }

  listTracks(patterns: readonly string[]): Promise<readonly ListTrack[]> {
    return this.#table.listTracks(this.#crawlId, patterns);
  }

  saveListTrack(track: ListTrack): Promise<boolean> {
    return this.#table.saveListTrack(this.#crawlId, track);
  }

  counts(): Promise<FrontierCounts> {
    return this.#table.counts(this.#crawlId);
  }

  reasons(): Promise<Readonly<Record<string, number>>> {
    return this.#table.reasons(this.#crawlId);
  }

  isFinished(): Promise<boolean> {
    return this.#table.isFinished(this.#crawlId);
  }

  close(reason: UrlReason): Promise<void> {
    return this.#table.close(this.#crawlId, reason);
  }

  closeReason(): Promise<UrlReason | null> {
    return this.#table.closeReason(this.#crawlId);
  }

  amend(amendment: FrontierAmendment): Promise<AmendReport> {
    const id = this.#crawlId;
    const steps = {
      begin: (revision: number, limits: FrontierLimits) => this.#table.amendBegin(id, revision, limits),
      next: (after: number) => this.#table.amendNext(id, after),
      move: (moves: readonly AmendMove[]) => this.#table.amendMove(id, moves),
      end: (revision: number) => this.#table.amendEnd(id, revision),
    };
    return amendFrontier(steps, amendment);
  }

  ledger(query: LedgerQuery): Promise<LedgerPage> {
    return this.#table.ledger(this.#crawlId, query);
  }
}
