import { USER_AGENT } from '../src/core/net/user-agent.ts';
import { PageError } from '../src/core/page-error.ts';
import { MAX_ROBOTS_BYTES } from '../src/core/robots/parse-robots.ts';
import {
  ROBOTS_UNAVAILABLE,
  type RobotsOutcome,
  type RobotsPolicy,
  robotsPolicy,
} from '../src/core/robots/robots-policy.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { DocumentClient } from '../src/ports/fetcher.ts';

const TIMEOUT_MS = 20_000;
/** A file is taken as unchanged for a day (RFC 9309 §2.4). */
const KEEP_MS = 24 * 60 * 60 * 1000;
/** A host that could not be asked is asked again after this. */
const KEEP_UNREACHABLE_MS = 3000;

interface Kept {
  readonly policy: Promise<RobotsPolicy>;
  until: number;
}

/** Knows the robots.txt of every origin that the crawl visits; each is fetched once. */
export class RobotsKeeper {
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
  policy(url: string): Promise<RobotsPolicy> {
    if (!this.#obey) return Promise.resolve(ROBOTS_UNAVAILABLE);
    const { origin } = new URL(url);
    const known = this.#kept.get(origin);
    if (known !== undefined && known.until > this.#clock.now()) return known.policy;
    const kept: Kept = { policy: this.#fetch(origin), until: Number.POSITIVE_INFINITY };
    this.#kept.set(origin, kept);
    void kept.policy.then(({ kind }) => {
      kept.until = this.#clock.now() + (kind === 'unreachable' ? KEEP_UNREACHABLE_MS : KEEP_MS);
    });
    return kept.policy;
  }

  async #fetch(origin: string): Promise<RobotsPolicy> {
    return robotsPolicy(await this.#ask(`${origin}/robots.txt`), USER_AGENT);
  }

  async #ask(url: string): Promise<RobotsOutcome> {
    try {
      const answer = await this.#documents.get(url, { maxBytes: MAX_ROBOTS_BYTES, timeoutMs: TIMEOUT_MS });
      return { kind: 'answered', status: answer.status, body: new TextDecoder().decode(answer.body) };
    } catch (error) {
      const endless = error instanceof PageError && error.reason === 'redirect-loop';
      return { kind: endless ? 'too-many-redirects' : 'unreachable' };
    }
  }
}
