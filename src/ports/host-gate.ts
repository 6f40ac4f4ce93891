export interface HostRule {
  /** Pages open at once, at most. */
  readonly concurrency: number;
  /** Milliseconds from the start of one visit to the start of the next. */
  readonly delayMs: number;
}

export type GateResult =
  /** One for each visit; at least one, and fewer than were asked for where the host has no more room. */
  | { readonly kind: 'open'; readonly tickets: readonly string[] }
  /** `retryAt` (epoch ms) is null when the host must first let go of a visit. */
  | { readonly kind: 'shut'; readonly retryAt: number | null };

/** Politeness per host, over all workers and tasks that share the store. */
export interface HostGate {
  /** Asks for visits, from 1. A ticket runs out after `ttlMs`, so that a dead holder does not keep the host shut. */
  enter(host: string, rule: HostRule, owner: string, ttlMs: number, visits: number): Promise<GateResult>;
  leave(host: string, tickets: readonly string[]): Promise<void>;
  /** Keeps the host shut until then (epoch ms), as a `Retry-After` asks. */
  holdUntil(host: string, until: number): Promise<void>;
  releaseOwner(owner: string): Promise<void>;
}
