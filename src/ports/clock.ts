/** Time, injected wherever a test must control it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once after `ms` milliseconds; answers a function that calls it off. */
  after(ms: number, task: () => void): () => void;
}
