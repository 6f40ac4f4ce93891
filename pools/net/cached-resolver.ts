import { type LookupAddress, lookup } from 'node:dns';
import { promisify } from 'node:util';
import { LRUCache } from 'lru-cache';

/** Resolves to every address of a name, or rejects with a system error such as `ENOTFOUND`. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface ResolverOptions {
  /** Default: the system's resolver, hosts file included. */
  readonly resolve?: Resolve;
  /** How long a result is reused, in milliseconds. Default: 300 s. */
  readonly ttlMs?: number;
  /** Names in the cache; it evicts the least recently used. Default: 1,000. */
  readonly maxNames?: number;
  /** Epoch ms. Default: the system's clock. */
  readonly now?: () => number;
}

interface Entry {
  readonly addresses: Promise<readonly LookupAddress[]>;
  readonly expiresAt: number;
}

const systemLookup = promisify(lookup);
const systemResolve: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** Resolves each name once per `ttlMs`; concurrent calls share one lookup. It does not cache failures. */
export class CachedResolver {
  readonly #entries: LRUCache<string, Entry>;
  readonly #resolve: Resolve;
  readonly #ttlMs: number;
  readonly #now: () => number;

  constructor(options: ResolverOptions = {}) {
    this.#resolve = options.resolve ?? systemResolve;
    this.#ttlMs = options.ttlMs ?? 300_000;
    this.#entries = new LRUCache({ max: options.maxNames ?? 1_000 });
    this.#now = options.now ?? Date.now;
  }

  resolve(hostname: string): Promise<readonly LookupAddress[]> {
    const name = hostname.toLowerCase();
    const cached = this.#entries.get(name);
    const entry = cached && cached.expiresAt > this.#now() ? cached : this.#lookUp(name);
    return entry.addresses;
  }

  #lookUp(name: string): Entry {
    const entry = { addresses: this.#resolve(name), expiresAt: this.#now() + this.#ttlMs };
    entry.addresses.catch(() => {
      if (this.#entries.peek(name) === entry) this.#entries.delete(name);
    });
    this.#entries.set(name, entry);
    return entry;
  }
}
