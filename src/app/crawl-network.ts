import { createDocumentClient } from '../../pools/http/document-client.ts';
import { HttpAgent } from '../../pools/http/http-agent.ts';
import { CachedResolver } from '../../pools/net/cached-resolver.ts';
import { GuardedLookup } from '../../pools/net/guarded-lookup.ts';
import { ThreadedSitemapReader } from '../../pools/sitemap/sitemap-reader.ts';
import { AccessPolicy } from '../core/net/access-policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { DocumentClient } from '../ports/fetcher.ts';
import type { SitemapReader } from '../ports/sitemap-reader.ts';

/** What one crawl reaches the network through. */
export interface CrawlNetwork {
  readonly agent: HttpAgent;
  readonly documents: DocumentClient;
  readonly sitemaps: SitemapReader;
  /** Entries of `ALLOWED_PRIVATE_HOSTS` that hold for the crawl: the one that names the host of its seed, or none. */
  readonly allowedPrivateHosts: readonly string[];
}

/**
 * The networks of crawls. An exception of `ALLOWED_PRIVATE_HOSTS` holds only for crawls that start at that host: a page of a
 * public site, or of another allowed host, cannot reach it.
 */
export class CrawlNetworks {
  readonly #policy: AccessPolicy;
  readonly #clock: Clock;
  readonly #resolver = new CachedResolver();
  /** By entry; the empty string stands for crawls without an exception. Bounded by the entries of the setting. */
  readonly #networks = new Map<string, CrawlNetwork>();

  constructor(policy: AccessPolicy, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
  }

  /** The network of a crawl that starts at this URL. */
  startingAt(seed: string): CrawlNetwork {
    const entry = this.#policy.entryFor(new URL(seed));
    const existing = this.#networks.get(entry ?? '');
    if (existing !== undefined) return existing;
    const network = this.#create(entry === null ? [] : [entry]);
    this.#networks.set(entry ?? '', network);
    return network;
  }

  async close(): Promise<void> {
    for (const { sitemaps, agent } of this.#networks.values()) {
      await sitemaps.close();
      await agent.destroy();
    }
  }

  #create(allowedPrivateHosts: readonly string[]): CrawlNetwork {
    const policy = new AccessPolicy(allowedPrivateHosts);
    const lookup = new GuardedLookup({ policy, resolver: this.#resolver });
    const agent = new HttpAgent({ lookup, clock: this.#clock });
    const sitemaps = new ThreadedSitemapReader({ agent });
    return { agent, documents: createDocumentClient(agent), sitemaps, allowedPrivateHosts };
  }
}
