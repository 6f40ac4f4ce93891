import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { AccessPolicy } from '../../src/core/net/access-policy.ts';
import { isGloballyRoutable } from '../../src/core/net/address.ts';
import { CachedResolver } from './cached-resolver.ts';

/** The host has a private address that the operator has not allowed; no connection was made. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
  readonly code = 'ERR_ADDRESS_REFUSED';

  constructor(hostname: string) {
    super(`${hostname} is not a public address`);
  }
}

export interface GuardedLookupOptions {
  /** The hosts that are exempt. */
  readonly policy: AccessPolicy;
  /** Default: the system's, which caches results for 300 s. */
  readonly resolver?: CachedResolver;
}

/**
 * The one gate between Waymark and the network. It resolves a name once. Unless the policy exempts the host, every
 * address of it must be globally routable. The socket gets those very addresses, so that a second lookup (DNS rebinding)
 * never takes place.
 */
export class GuardedLookup {
  readonly #policy: AccessPolicy;
  readonly #resolver: CachedResolver;
  readonly #toPublic = asLookup((hostname) => this.#addressesOf(hostname, false));
  readonly #toAnywhere = asLookup((hostname) => this.#addressesOf(hostname, true));

  constructor({ policy, resolver }: GuardedLookupOptions) {
    this.#policy = policy;
    this.#resolver = resolver ?? new CachedResolver();
  }

  /**
   * Resolves to the permitted addresses, at least one. Takes names and literal addresses, IPv6 with or
   * without brackets. Rejects with an `AddressRefusedError`, or as `dns.lookup` does.
   */
  resolve(hostname: string, port: number): Promise<readonly LookupAddress[]> {
    return this.#addressesOf(hostname, this.#policy.allows(hostname, port));
  }

  /**
   * Replaces `dns.lookup` for connections to this host: one of two functions, depending on whether the policy exempts it.
   * A socket does not look up a literal address: call `resolve` first.
   */
  lookupFor(hostname: string, port: number): LookupFunction {
    return this.#policy.allows(hostname, port) ? this.#toAnywhere : this.#toPublic;
  }

  async #addressesOf(hostname: string, exempt: boolean): Promise<readonly LookupAddress[]> {
    const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
    const family = isIP(host);
    const addresses = family === 0 ? await this.#resolver.resolve(host) : [{ address: host, family }];
    const permitted = exempt || addresses.every(({ address }) => isGloballyRoutable(address));
    if (!permitted || addresses.length === 0) throw new AddressRefusedError(hostname);
    return addresses;
  }
}

function asLookup(resolve: (hostname: string) => Promise<readonly LookupAddress[]>): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => deliver(addresses, options, callback),
      (error) => callback(error, ''),
    );
  };
}

/** Calls back as `dns.lookup` does: with every address, or with the first one of the wanted family. */
function deliver(
  addresses: readonly LookupAddress[],
  { all, family }: Parameters<LookupFunction>[1],
  callback: Parameters<LookupFunction>[2],
): void {
  const wanted = Number(String(family ?? 0).replace('IPv', ''));
  const usable = addresses.filter((each) => wanted === 0 || each.family === wanted);
  const [first] = usable;
  if (!first) callback(Object.assign(new Error(`No address of family ${wanted}`), { code: 'ENOTFOUND' }), '');
  else if (all) callback(null, [...usable]);
  else callback(null, first.address, first.family);
}
