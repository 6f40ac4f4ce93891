import { PageError } from '../../src/core/ledger/page-error.ts';
import { USER_AGENT } from '../../src/core/net/user-agent.ts';
import { MAX_ROBOTS_BYTES } from '../../src/core/robots/parse-robots.ts';
import {
  ROBOTS_UNAVAILABLE,
  type RobotsOutcome,
  type RobotsPolicy,
  robotsPolicy,
} from '../../src/core/robots/robots-policy.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { DocumentClient } from '../../src/ports/fetcher.ts';

const TIMEOUT_MS = 20_000;
/** A file is cached for a day (RFC 9309 §2.4). */
const TTL_MS = 24 * 60 * 60 * 1000;
/** A host that could not be reached is tried again after this. */
const UNREACHABLE_TTL_MS = 3000;

/** The rules of an origin, with the failure if robots.txt could not be read. */
export interface RobotsDecision {
  readonly policy: RobotsPolicy;
  readonly failure: PageError | null;
}

interface Entry {
  readonly decision: Promise<RobotsDecision>;
  expiresAt: number;
}

/** The robots.txt of every origin that the crawl visits; each is fetched once. */
export class RobotsCache {
  readonly #documents: DocumentClient;
  readonly #clock: Clock;
  readonly #obey: boolean;
  readonly #entries = new Map<string, Entry>();

  constructor(documents: DocumentClient, clock: Clock, obey: boolean) {
    this.#documents = documents;
    this.#clock = clock;
    this.#obey = obey;
  }

  /** The rules for a URL's origin: scheme, host and port. */
  async policy(url: string): Promise<RobotsPolicy> {
    return (await this.decide(url)).policy;
  }

  /** As `policy`, with the reason if robots.txt could not be read. */
  decide(url: string): Promise<RobotsDecision> {
    if (!this.#obey) return Promise.resolve({ policy: ROBOTS_UNAVAILABLE, failure: null });
    const { origin } = new URL(url);
    const cached = this.#entries.get(origin);
    if (cached !== undefined && cached.expiresAt > this.#clock.now()) return cached.decision;
    const entry: Entry = {
      decision: this.#fetch(`${origin}/robots.txt`),
      expiresAt: Number.POSITIVE_INFINITY,
    };
    this.#entries.set(origin, entry);
    void entry.decision.then(({ policy }) => {
      entry.expiresAt = this.#clock.now() + (policy.kind === 'unreachable' ? UNREACHABLE_TTL_MS : TTL_MS);
    });
    return entry.decision;
  }

  async #fetch(url: string): Promise<RobotsDecision> {
    try {
      const response = await this.#documents.get(url, { maxBytes: MAX_ROBOTS_BYTES, timeoutMs: TIMEOUT_MS });
      const body = new TextDecoder().decode(response.body);
      return decisionOf({ kind: 'response', status: response.status, body });
    } catch (error) {
      if (error instanceof PageError && error.reason === 'redirect-loop')
        return decisionOf({ kind: 'too-many-redirects' });
      return { ...decisionOf({ kind: 'unreachable' }), failure: error instanceof PageError ? error : null };
    }
  }
}

function decisionOf(outcome: RobotsOutcome): RobotsDecision {
  return { policy: robotsPolicy(outcome, USER_AGENT), failure: null };
}
