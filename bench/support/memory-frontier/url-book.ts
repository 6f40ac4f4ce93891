import type { Claim, Discovery, FrontierCounts } from '../../../src/model/frontier-url.ts';
import type { UrlReason } from '../../../src/model/reason.ts';
import type { FrontierLimits } from '../../../src/ports/frontier.ts';
import { isShallower, ReadyQueue } from './ready-queue.ts';
import type { EntryState, Standing, UrlEntry } from './url-entry.ts';

type Counted = 'pending' | 'reopened' | Exclude<EntryState, 'ready' | 'waiting'>;

/** All URLs of a crawl, with consistent counts and queues of claimable URLs. */
export class UrlBook {
  readonly entries: UrlEntry[] = [];
  readonly active = new Set<UrlEntry>();
  readonly waiting = new Set<UrlEntry>();
  limits: FrontierLimits;
  closed: UrlReason | null = null;
  readonly #byUrl = new Map<string, UrlEntry>();
  readonly #ready = new Map<string, ReadyQueue>();
  readonly #counts: Record<Counted, number> = {
    pending: 0,
    reopened: 0,
    active: 0,
    done: 0,
    failed: 0,
    skipped: 0,
  };

  constructor(limits: FrontierLimits) {
    this.limits = limits;
  }

  get counts(): FrontierCounts {
    const { reopened, pending, ...counts } = this.#counts;
    const found = this.entries.length;
    if (this.closed === null) return { ...counts, found, pending: pending + reopened };
    return { ...counts, found, pending: 0, skipped: counts.skipped + pending, done: counts.done + reopened };
  }

  get isFull(): boolean {
    return this.entries.length >= this.limits.maxUrls;
  }

  /** Whether the limit allows another page; revisits do not count again. */
  get hasRoom(): boolean {
    const { done, active, reopened, pending } = this.#counts;
    const { maxPages } = this.limits;
    return maxPages === null || done + active + reopened < maxPages || (pending === 0 && reopened > 0);
  }

  get isFinished(): boolean {
    const { pending, reopened, active } = this.#counts;
    return this.closed !== null || pending + reopened + active === 0;
  }

  closeIfFull(): void {
    const { pending, reopened, active } = this.#counts;
    if (!this.hasRoom && active === 0 && pending + reopened > 0) this.closed ??= 'limit-pages';
  }

  find(url: string): UrlEntry | null {
    return this.#byUrl.get(url) ?? null;
  }

  /** The entry of a claim, if its lease is still valid. */
  held({ url, lease }: Claim): UrlEntry | null {
    const entry = this.find(url);
    return entry?.state === 'active' && entry.standing.lease === lease ? entry : null;
  }

  insert({ url, host, depth, by, foundOn, skip, spelling }: Discovery, state: EntryState): void {
    const n = this.entries.length + 1;
    const standing = skip === undefined ? {} : { reason: skip };
    const entry: UrlEntry = {
      n,
      url,
      host,
      by,
      foundOn,
      depth,
      state,
      attempts: 0,
      reopened: false,
      standing,
      spellings: spelling ?? null,
    };
    this.entries.push(entry);
    this.#byUrl.set(url, entry);
    this.#enter(entry);
  }

  setState(entry: UrlEntry, state: EntryState, standing: Standing = {}): void {
    this.#counts[counted(entry)] -= 1;
    this.active.delete(entry);
    this.waiting.delete(entry);
    const isFinal = state === 'done' || state === 'failed' || state === 'skipped';
    entry.reopened = !isFinal && (entry.reopened || entry.state === 'done');
    entry.state = state;
    entry.standing = standing;
    this.#enter(entry);
  }

  deepen(entry: UrlEntry, depth: number): void {
    entry.depth = depth;
    if (entry.state === 'ready') this.#queue(entry.host).push(entry);
  }

  /** The shallowest claimable URL. */
  first(exceptHosts: readonly string[]): UrlEntry | null {
    let best: UrlEntry | null = null;
    for (const [host, queue] of this.#ready) {
      const first = exceptHosts.includes(host) ? null : queue.first();
      if (first !== null && (best === null || isShallower(first, best))) best = first;
    }
    return best;
  }

  #enter(entry: UrlEntry): void {
    this.#counts[counted(entry)] += 1;
    if (entry.state === 'active') this.active.add(entry);
    if (entry.state === 'waiting') this.waiting.add(entry);
    if (entry.state === 'ready') this.#queue(entry.host).push(entry);
  }

  #queue(host: string): ReadyQueue {
    const existing = this.#ready.get(host);
    if (existing !== undefined) return existing;
    const made = new ReadyQueue();
    this.#ready.set(host, made);
    return made;
  }
}

function counted({ state, reopened }: UrlEntry): Counted {
  if (state !== 'ready' && state !== 'waiting') return state;
  return reopened ? 'reopened' : 'pending';
}
