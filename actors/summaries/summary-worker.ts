import type { Behaviour } from '../../src/core/actor/actor.ts';
import type { Directive, Failure } from '../../src/core/actor/supervision.ts';
import { messageOf } from '../../src/core/errors.ts';
import type { PackEntry } from '../../src/core/summaries/call-pack.ts';
import type { SummaryBudget } from '../../src/core/summaries/summary-budget.ts';
import { SummaryError } from '../../src/core/summaries/summary-error.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Summarizer, SummaryResponse } from '../../src/ports/summarizer.ts';

/** Attempts of a text in ever smaller calls: this isolates a text that makes its call fail. */
const SPLITS = 3;
/** Attempts of a call that failed temporarily, the first included; more if the server names the time to try again. */
const MAX_ATTEMPTS = 4;
const MAX_ATTEMPTS_WITH_RETRY_AT = 8;
const DELAY_MS = 500;
/** After a longer `Retry-After` the call is given up, and further calls are paused. */
const MAX_WAIT_MS = 60_000;
/** Failed calls in a row that open the circuit breaker: no calls for `BREAK_MS`. */
const FAILURES_BEFORE_BREAK = 5;
const BREAK_MS = 30_000;
/** Estimated tokens of a call beside its texts: the response, for each text, and the instructions. */
const RESPONSE_TOKENS = 80;
const INSTRUCTION_TOKENS = 300;

export interface SummaryWorkerParts {
  readonly summarizer: Summarizer;
  readonly budget: SummaryBudget;
  readonly clock: Clock;
  /** Stores the results of a call, and what it has used. */
  readonly save: (
    results: readonly SummaryResult[],
    used: { calls: number; tokens: number },
  ) => Promise<void>;
  /** Called with entries that got no summary and are not tried again. */
  readonly onGivenUp: (entries: readonly PackEntry[]) => void;
  /** Called with the reason when calls are paused. */
  readonly onPaused: (reason: string) => void;
}

export interface SummaryResult {
  readonly entry: PackEntry;
  readonly text: string;
}

/** Calls the summarizer, once per message. Entries without a result stay unsummarised in the graph. */
export class SummaryWorker implements Behaviour<readonly PackEntry[]> {
  readonly #parts: SummaryWorkerParts;
  #failures = 0;
  #pausedUntil = 0;

  constructor(parts: SummaryWorkerParts) {
    this.#parts = parts;
  }

  async handle(packs: readonly (readonly PackEntry[])[], signal: AbortSignal): Promise<void> {
    for (const pack of packs) {
      await this.#summarise(pendingOf(pack), SPLITS, signal);
      this.#parts.onGivenUp(pendingOf(pack));
    }
  }

  /** Whether a call may be made now: within the budget, and not paused. */
  get isReady(): boolean {
    return !this.#parts.budget.isSpent && !this.#isPaused();
  }

  /** Retries temporary failures, no sooner than the server's `Retry-After`; gives up the others. */
  readonly supervision = ({ error, attempt }: Failure): Directive => {
    if (!(error instanceof SummaryError) || error.failure !== 'busy') return { kind: 'give-up' };
    const backoff = DELAY_MS * 2 ** (attempt - 1);
    if (error.retryAt === null) {
      return attempt < MAX_ATTEMPTS ? { kind: 'retry', delayMs: backoff } : { kind: 'give-up' };
    }
    const wait = Math.max(0, error.retryAt - this.#parts.clock.now());
    const isNear = wait <= MAX_WAIT_MS && attempt < MAX_ATTEMPTS_WITH_RETRY_AT;
    return isNear ? { kind: 'retry', delayMs: wait } : { kind: 'give-up' };
  };

  async #summarise(entries: readonly PackEntry[], splits: number, signal: AbortSignal): Promise<void> {
    if (entries.length === 0 || this.#isPaused()) return;
    const texts = await this.#request(entries, signal);
    if (texts === null) return;
    const bad = entries.filter((_, index) => (texts[index] ?? null) === null);
    if (bad.length === 0 || splits === 1 || (entries.length === 1 && splits < SPLITS)) return;
    for (const half of halves(bad, bad.length < entries.length))
      await this.#summarise(half, splits - 1, signal);
  }

  /** Makes a call and stores its results. Null: the budget does not allow it. */
  async #request(
    entries: readonly PackEntry[],
    signal: AbortSignal,
  ): Promise<SummaryResponse['texts'] | null> {
    const { summarizer, budget, save } = this.#parts;
    const estimated = summarizer.metered ? estimate(entries) : 0;
    if (summarizer.metered && !budget.take(estimated)) return null;
    const response = await this.#call(entries, estimated, signal);
    const results = entries.flatMap((entry, index) => {
      const text = response.texts[index] ?? null;
      return text === null ? [] : [{ entry, text }];
    });
    await save(results, { calls: summarizer.metered ? 1 : 0, tokens: response.tokens });
    for (const { entry } of results) entry.settled = true;
    this.#record(results.length > 0, 'no response of the model could be used');
    return response.texts;
  }

  /** Rejects with temporary failures; an unusable response is one without texts. */
  async #call(
    entries: readonly PackEntry[],
    estimated: number,
    signal: AbortSignal,
  ): Promise<SummaryResponse> {
    const { summarizer, budget, save } = this.#parts;
    try {
      const response = await summarizer.summarise(
        entries.map(({ subject }) => subject),
        signal,
      );
      budget.settle(estimated, response.tokens);
      return response;
    } catch (error) {
      const unusable = error instanceof SummaryError && error.failure === 'unusable';
      const used = unusable ? error.tokens || estimated : 0;
      budget.settle(estimated, used);
      if (unusable) return { texts: [], tokens: used };
      signal.throwIfAborted();
      await save([], { calls: summarizer.metered ? 1 : 0, tokens: 0 });
      this.#record(false, messageOf(error), error);
      throw error;
    }
  }

  #isPaused(): boolean {
    return this.#parts.clock.now() < this.#pausedUntil;
  }

  #record(good: boolean, reason: string, error?: unknown): void {
    const failure = error instanceof SummaryError ? error : null;
    if (good) this.#failures = 0;
    else if (failure?.retryAt == null) this.#failures += 1;
    const pause = this.#pauseFor(failure);
    if (pause === 0) return;
    this.#failures = 0;
    this.#pausedUntil = this.#parts.clock.now() + pause;
    this.#parts.onPaused(reason);
  }

  /** Milliseconds without calls; 0: go on. A permanent failure ends the calls of this run. */
  #pauseFor(failure: SummaryError | null): number {
    if (failure?.failure === 'hopeless') return Number.POSITIVE_INFINITY;
    const wait = (failure?.retryAt ?? 0) - this.#parts.clock.now();
    if (wait > MAX_WAIT_MS) return wait;
    return this.#failures >= FAILURES_BEFORE_BREAK ? BREAK_MS : 0;
  }
}

function pendingOf(pack: readonly PackEntry[]): readonly PackEntry[] {
  return pack.filter(({ settled }) => !settled);
}

function estimate(entries: readonly PackEntry[]): number {
  return entries.reduce((sum, { tokens }) => sum + tokens + RESPONSE_TOKENS, INSTRUCTION_TOKENS);
}

/** Texts that a usable response left out go into one further call; those of a failed call into two. */
function halves(entries: readonly PackEntry[], isRemainder: boolean): readonly (readonly PackEntry[])[] {
  if (isRemainder || entries.length === 1) return [entries];
  const middle = Math.ceil(entries.length / 2);
  return [entries.slice(0, middle), entries.slice(middle)];
}
