export interface HostRule {
  /** Maximum number of concurrent visits. */
  readonly concurrency: number;
  /** Minimum milliseconds between the starts of two visits. */
  readonly delayMs: number;
}

export type GateResult =
  /** One ticket per visit; at least one, and fewer than requested where the host is at its limit. */
  | { readonly kind: 'open'; readonly tickets: readonly string[] }
  /** No visit can start before `retryAt` (epoch ms); null: not before another visit ends. */
  | { readonly kind: 'shut'; readonly retryAt: number | null };

/** Politeness per host, over all workers and tasks that share the store. */
export interface HostGate {
  /**
   * Requests `visits` visits (at least 1). A ticket expires after `ttlMs` milliseconds, so that a dead owner cannot block
   * the host.
   */
  enter(host: string, rule: HostRule, owner: string, ttlMs: number, visits: number): Promise<GateResult>;
  leave(host: string, tickets: readonly string[]): Promise<void>;
  /** Keeps the host shut until then (epoch ms), for example because of `Retry-After`. Never shortens an earlier call. */
  holdUntil(host: string, until: number): Promise<void>;
  /** Ends all visits of a dead owner. */
  releaseOwner(owner: string): Promise<void>;
}
