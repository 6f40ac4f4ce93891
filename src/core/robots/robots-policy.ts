import { parseRobots } from './parse-robots.ts';
import { type RobotsRules, rulesFor } from './robots-rules.ts';

/** What became of fetching a robots.txt. */
export type RobotsOutcome =
  /** The last answer, after redirects; `body` decoded as UTF-8 and cut at `MAX_ROBOTS_BYTES`. */
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** More than five redirects one after the other, or a redirect that leads nowhere. */
  | { readonly kind: 'too-many-redirects' }
  /** No answer: name, connection, TLS, timeout, or an address that may not be reached. */
  | { readonly kind: 'unreachable' };

/** What a crawler may do on the host, in the terms of RFC 9309 §2.3.1. */
export interface RobotsPolicy extends RobotsRules {
  /**
   * `rules`: there is a file (§2.3.1.1). `unavailable`: there is none, everything is allowed (§2.3.1.3).
   * `unreachable`: it cannot be known, nothing may be visited until it is (§2.3.1.4).
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
 * The policy of a host for a user agent. Fails closed: anything but a file or a clear "there is none" (2xx, 4xx,
 * endless redirects §2.3.1.2) forbids the host. 429 is a host in trouble and not a missing file, so it forbids too.
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
