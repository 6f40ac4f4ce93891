import { parseRobots } from './parse-robots.ts';
import { type RobotsRules, rulesFor } from './robots-rules.ts';

/** How fetching a robots.txt ended. */
export type RobotsOutcome =
  /** The last response, after redirects; `body` decoded as UTF-8 and cut at `MAX_ROBOTS_BYTES`. */
  | { readonly kind: 'response'; readonly status: number; readonly body: string }
  /** More than five consecutive redirects, or one without a usable target. */
  | { readonly kind: 'too-many-redirects' }
  /** No response: name, connection, TLS, timeout, or a refused address. */
  | { readonly kind: 'unreachable' };

/** The access that a host grants to a crawler (RFC 9309 §2.3.1). */
export interface RobotsPolicy extends RobotsRules {
  /**
   * `rules`: a file exists (§2.3.1.1). `unavailable`: none exists, everything is allowed (§2.3.1.3). `unreachable`: the
   * host gave no usable response, nothing may be visited until it does (§2.3.1.4).
   */
  readonly kind: 'rules' | 'unavailable' | 'unreachable';
  /** Values of the `Sitemap` lines, as written. */
  readonly sitemaps: readonly string[];
}

const TOO_MANY_REQUESTS = 429;

export const ROBOTS_UNAVAILABLE: RobotsPolicy = {
  kind: 'unavailable',
  allows: () => true,
  crawlDelayMs: null,
  sitemaps: [],
};

export const ROBOTS_UNREACHABLE: RobotsPolicy = {
  ...ROBOTS_UNAVAILABLE,
  kind: 'unreachable',
  allows: () => false,
};

/**
 * The policy of a host for a user agent. Fails closed: anything but a file or a clear absence (2xx, 4xx, endless
 * redirects §2.3.1.2) forbids the host. 429 means an overloaded host and not a missing file, so it forbids too.
 */
export function robotsPolicy(outcome: RobotsOutcome, userAgent: string): RobotsPolicy {
  if (outcome.kind === 'unreachable') return ROBOTS_UNREACHABLE;
  if (outcome.kind === 'too-many-redirects') return ROBOTS_UNAVAILABLE;
  const { status, body } = outcome;
  if (status >= 200 && status < 300) return policyOf(body, userAgent);
  return status >= 300 && status < 500 && status !== TOO_MANY_REQUESTS
    ? ROBOTS_UNAVAILABLE
    : ROBOTS_UNREACHABLE;
}

function policyOf(body: string, userAgent: string): RobotsPolicy {
  const file = parseRobots(body);
  return { kind: 'rules', ...rulesFor(file, userAgent), sitemaps: file.sitemaps };
}
