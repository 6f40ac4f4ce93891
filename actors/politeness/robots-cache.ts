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
/** A file is taken as unchanged for a day (RFC 9309 §2.4). */
const KEEP_MS = 24 * 60 * 60 * 1000;
/** A host that could not be asked is asked again after this. */
const KEEP_UNREACHABLE_MS = 3000;

/** The rules for an origin, and why they could not be read where they could not. */
export interface RobotsDecision {
  readonly policy: RobotsPolicy;
  readonly failure: PageError | null;
}

interface Kept {
  readonly answer: Promise<RobotsDecision>;
  until: number;
}

/** Knows the robots.txt of every origin that the crawl visits; each is fetched once. */
export class RobotsCache {
  readonly #documents: DocumentClient;
  readonly #clock: Clock;
  readonly #obey: boolean;
  readonly #kept = new Map<string, Kept>();

  constructor(documents: DocumentClient, clock: Clock, obey: boolean) {
    this.#documents = documents;
    this.#clock = clock;
    this.#obey = obey;
  }

  /** The rules for a URL's origin: scheme, host and port. */
  async policy(url: string): Promise<RobotsPolicy> {
    return (await this.ask(url)).policy;
  }

  /** As `policy`, with the reason where robots.txt could not be read. */
  ask(url: string): Promise<RobotsDecision> {
    if (!this.#obey) return Promise.resolve({ policy: ROBOTS_UNAVAILABLE, failure: null });
    const { origin } = new URL(url);
    const known = this.#kept.get(origin);
    if (known !== undefined && known.until > this.#clock.now()) return known.answer;
    const kept: Kept = { answer: this.#fetch(`${origin}/robots.txt`), until: Number.POSITIVE_INFINITY };
    this.#kept.set(origin, kept);
    void kept.answer.then(({ policy }) => {
      kept.until = this.#clock.now() + (policy.kind === 'unreachable' ? KEEP_UNREACHABLE_MS : KEEP_MS);
    });
    return kept.answer;
  }

  async #fetch(url: string): Promise<RobotsDecision> {
    try {
      const answer = await this.#documents.get(url, { maxBytes: MAX_ROBOTS_BYTES, timeoutMs: TIMEOUT_MS });
      const body = new TextDecoder().decode(answer.body);
      return answered({ kind: 'answered', status: answer.status, body });
    } catch (error) {
      if (error instanceof PageError && error.reason === 'redirect-loop')
        return answered({ kind: 'too-many-redirects' });
      return { ...answered({ kind: 'unreachable' }), failure: error instanceof PageError ? error : null };
    }
  }
}

function answered(outcome: RobotsOutcome): RobotsDecision {
  return { policy: robotsPolicy(outcome, USER_AGENT), failure: null };
}
