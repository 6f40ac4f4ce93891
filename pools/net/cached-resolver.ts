import { type LookupAddress, lookup } from 'node:dns';
import { promisify } from 'node:util';

/** Answers every address of a name, or rejects with a system error such as `ENOTFOUND`. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface ResolverOptions {
  /** Where addresses come from. Default: the system's resolver, hosts file included. */
  readonly resolve?: Resolve;
  /** How long an answer is used again, in milliseconds. Default: 300 s. */
  readonly ttlMs?: number;
  /** Names kept; the longest unused goes first. Default: 1,000. */
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

/** Resolves each name once per `ttlMs`, however many ask for it at once. Failures are not kept. */
export class CachedResolver {
  readonly #entries = new Map<string, Entry>();
  readonly #resolve: Resolve;
  readonly #ttlMs: number;
  readonly #maxNames: number;
  readonly #now: () => number;

  constructor(options: ResolverOptions = {}) {
    this.#resolve = options.resolve ?? systemResolve;
    this.#ttlMs = options.ttlMs ?? 300_000;
    this.#maxNames = options.maxNames ?? 1_000;
    this.#now = options.now ?? Date.now;
  }

  resolve(hostname: string): Promise<readonly LookupAddress[]> {
    const name = hostname.toLowerCase();
    const known = this.#entries.get(name);
    this.#entries.delete(name);
    const entry = known && known.expiresAt > this.#now() ? known : this.#ask(name);
    this.#entries.set(name, entry);
    this.#dropOldest();
    return entry.addresses;
  }

  #ask(name: string): Entry {
    const entry = { addresses: this.#resolve(name), expiresAt: this.#now() + this.#ttlMs };
    entry.addresses.catch(() => {
      if (this.#entries.get(name) === entry) this.#entries.delete(name);
    });
    return entry;
  }

  #dropOldest(): void {
    if (this.#entries.size <= this.#maxNames) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
