import type { FrontierLimits, FrontierStore } from '../../../src/ports/frontier.ts';
import type { SimulatedClock } from '../../support/simulated-clock.ts';

/** A store of frontiers of its own for one test. */
export interface FrontierHarness extends AsyncDisposable {
  /** The store that is open now. */
  readonly store: FrontierStore;
  readonly clock: SimulatedClock;
  /** Closes the store and opens it again over the same data, as a new process would. */
  reopen(): Promise<void>;
}

export type OpenFrontiers = () => Promise<FrontierHarness>;

export const NO_LIMITS: FrontierLimits = { maxPages: null, maxUrls: 100_000, maxDepth: null };
