import type { Behaviour } from '../../src/core/actor/actor.ts';
import type { Directive, Failure } from '../../src/core/actor/supervision.ts';
import { messageOf } from '../../src/core/errors.ts';
import type { PackEntry } from '../../src/core/summaries/call-pack.ts';
import type { SummaryBudget } from '../../src/core/summaries/summary-budget.ts';
import { SummaryError } from '../../src/core/summaries/summary-error.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Summarizer, SummaryResponse } from '../../src/ports/summarizer.ts';

/** Tries of a text in ever smaller calls: a text that spoils its call is found, and costs its neighbours nothing. */
const SPLITS = 3;
/** Tries of a call that may succeed later, the first included; more where the server says when to come back. */
const TRIES = 4;
const INVITED_TRIES = 8;
const DELAY_MS = 500;
/** A server that asks for a longer wait is left alone; what it was asked for stays missing for now. */
const LONGEST_WAIT_MS = 60_000;
/** Failed calls in a row after which the model is left alone for a while. */
const FAILURES = 5;
const REST_MS = 30_000;
/** Tokens of an answer, for each text, and of the instructions: what a call is reckoned to use beside its texts. */
const ANSWER_TOKENS = 80;
const INSTRUCTION_TOKENS = 300;

export interface SummaryWorkerParts {
  readonly summarizer: Summarizer;
  readonly budget: SummaryBudget;
  readonly clock: Clock;
  /** Stores what came of a call, and what it has used. */
  readonly save: (
    results: readonly SummaryResult[],
    used: { calls: number; tokens: number },
  ) => Promise<void>;
  /** Told of what has got no summary and is not asked for again. */
  readonly onLeft: (entries: readonly PackEntry[]) => void;
  /** Told when the model is left alone for a while, and why. */
  readonly onTrouble: (reason: string) => void;
}

export interface SummaryResult {
  readonly entry: PackEntry;
  readonly text: string;
}

/** Asks for summaries, one call per message. What gets none stays open; the graph still lists it as missing. */
export class SummaryWorker implements Behaviour<readonly PackEntry[]> {
  readonly #parts: SummaryWorkerParts;
  #failures = 0;
  #restUntil = 0;

  constructor(parts: SummaryWorkerParts) {
    this.#parts = parts;
  }

  async handle(packs: readonly (readonly PackEntry[])[], signal: AbortSignal): Promise<void> {
    for (const pack of packs) {
      await this.#summarise(openOf(pack), SPLITS, signal);
      this.#parts.onLeft(openOf(pack));
    }
  }

  /** Whether asking makes sense now: within the budget, and the model is not left alone. */
  get isReady(): boolean {
    return !this.#parts.budget.isSpent && !this.#isResting();
  }

  /** What passes is tried again, no sooner than the server asked for; all else is left for a later crawl. */
  readonly supervision = ({ error, attempt }: Failure): Directive => {
    if (!(error instanceof SummaryError) || error.failure !== 'busy') return { kind: 'give-up' };
    const backoff = DELAY_MS * 2 ** (attempt - 1);
    if (error.retryAt === null) {
      return attempt < TRIES ? { kind: 'retry', delayMs: backoff } : { kind: 'give-up' };
    }
    const wait = Math.max(0, error.retryAt - this.#parts.clock.now());
    const isNear = wait <= LONGEST_WAIT_MS && attempt < INVITED_TRIES;
    return isNear ? { kind: 'retry', delayMs: wait } : { kind: 'give-up' };
  };

  async #summarise(entries: readonly PackEntry[], splits: number, signal: AbortSignal): Promise<void> {
    if (entries.length === 0 || this.#isResting()) return;
    const texts = await this.#ask(entries, signal);
    if (texts === null) return;
    const bad = entries.filter((_, index) => (texts[index] ?? null) === null);
    if (bad.length === 0 || splits === 1 || (entries.length === 1 && splits < SPLITS)) return;
    for (const half of halves(bad, bad.length < entries.length))
      await this.#summarise(half, splits - 1, signal);
  }

  /** Asks, and stores what came. Null: the budget does not allow it. */
  async #ask(entries: readonly PackEntry[], signal: AbortSignal): Promise<SummaryResponse['texts'] | null> {
    const { summarizer, budget, save } = this.#parts;
    const reckoned = summarizer.metered ? reckon(entries) : 0;
    if (summarizer.metered && !budget.take(reckoned)) return null;
    const answer = await this.#answer(entries, reckoned, signal);
    const results = entries.flatMap((entry, index) => {
      const text = answer.texts[index] ?? null;
      return text === null ? [] : [{ entry, text }];
    });
    await save(results, { calls: summarizer.metered ? 1 : 0, tokens: answer.tokens });
    for (const { entry } of results) entry.settled = true;
    this.#note(results.length > 0, 'no answer could be used');
    return answer.texts;
  }

  /** Rejects with what may pass; an answer that cannot be used is one without texts. */
  async #answer(
    entries: readonly PackEntry[],
    reckoned: number,
    signal: AbortSignal,
  ): Promise<SummaryResponse> {
    const { summarizer, budget, save } = this.#parts;
    try {
      const answer = await summarizer.summarise(
        entries.map(({ subject }) => subject),
        signal,
      );
      budget.settle(reckoned, answer.tokens);
      return answer;
    } catch (error) {
      const unusable = error instanceof SummaryError && error.failure === 'unusable';
      const used = unusable ? error.tokens || reckoned : 0;
      budget.settle(reckoned, used);
      if (unusable) return { texts: [], tokens: used };
      signal.throwIfAborted();
      await save([], { calls: summarizer.metered ? 1 : 0, tokens: 0 });
      this.#note(false, messageOf(error), error);
      throw error;
    }
  }

  #isResting(): boolean {
    return this.#parts.clock.now() < this.#restUntil;
  }

  #note(good: boolean, reason: string, error?: unknown): void {
    const failure = error instanceof SummaryError ? error : null;
    if (good) this.#failures = 0;
    else if (failure?.retryAt == null) this.#failures += 1;
    const rest = this.#restFor(failure);
    if (rest === 0) return;
    this.#failures = 0;
    this.#restUntil = this.#parts.clock.now() + rest;
    this.#parts.onTrouble(reason);
  }

  /** Milliseconds without calls; 0: go on. A model that will never answer is not asked again in this run. */
  #restFor(failure: SummaryError | null): number {
    if (failure?.failure === 'hopeless') return Number.POSITIVE_INFINITY;
    const asked = (failure?.retryAt ?? 0) - this.#parts.clock.now();
    if (asked > LONGEST_WAIT_MS) return asked;
    return this.#failures >= FAILURES ? REST_MS : 0;
  }
}

function openOf(pack: readonly PackEntry[]): readonly PackEntry[] {
  return pack.filter(({ settled }) => !settled);
}

function reckon(entries: readonly PackEntry[]): number {
  return entries.reduce((sum, { tokens }) => sum + tokens + ANSWER_TOKENS, INSTRUCTION_TOKENS);
}

/** What was left out of a good answer is asked for in one further call; what spoilt a call, in two. */
function halves(entries: readonly PackEntry[], isRest: boolean): readonly (readonly PackEntry[])[] {
  if (isRest || entries.length === 1) return [entries];
  const middle = Math.ceil(entries.length / 2);
  return [entries.slice(0, middle), entries.slice(middle)];
}
