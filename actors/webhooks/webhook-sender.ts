import { messageOf } from '../../src/core/errors.ts';
import type { WebhookClaim } from '../../src/model/webhook.ts';
import { TURN_MS, WebhookDelivery, type WebhookOptions, type WebhookParts } from './webhook-delivery.ts';

/** How often the outbox is polled, in milliseconds. */
const POLL_MS = 1000;
/** Tasks served at once. */
const MAX_TASKS = 4;

/** Messages since the start of the process. */
export interface WebhookFigures {
  readonly delivered: number;
  /** Failed attempts that are retried. */
  readonly retried: number;
  readonly dropped: number;
}

/**
 * Sends webhooks from the outbox, independently of the crawls: it reads the event log. Any number of processes may run a
 * sender; one at a time serves a task, and another one takes over the tasks of a dead process.
 */
export class WebhookSender {
  readonly #parts: WebhookParts;
  readonly #options: WebhookOptions;
  readonly #stop = new AbortController();
  readonly #serving = new Set<Promise<void>>();
  readonly #figures = { delivered: 0, retried: 0, dropped: 0 };
  #polling: Promise<void> = Promise.resolve();
  #cancelTimer: () => void = () => {};
  #isReported = false;

  constructor(parts: WebhookParts, options: WebhookOptions) {
    this.#parts = parts;
    this.#options = Object.freeze({ ...options });
    this.#poll();
  }

  get figures(): WebhookFigures {
    return { ...this.#figures };
  }

  /** Aborts the messages in progress; the next sender sends them again. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#cancelTimer();
    await this.#polling;
    await Promise.all(this.#serving);
  }

  #poll(): void {
    this.#polling = this.#takeTurns().then(() => {
      if (this.#stop.signal.aborted) return;
      this.#cancelTimer = this.#parts.clock.after(POLL_MS, () => this.#poll());
    });
  }

  async #takeTurns(): Promise<void> {
    const free = MAX_TASKS - this.#serving.size;
    if (free === 0) return;
    try {
      for (const turn of await this.#parts.outbox.claim(TURN_MS, free)) this.#serve(turn);
      this.#isReported = false;
    } catch (error) {
      this.#report(error);
    }
  }

  #serve(turn: WebhookClaim): void {
    const onAttempt = (kind: 'delivered' | 'retry' | 'dropped') => {
      this.#figures[kind === 'retry' ? 'retried' : kind] += 1;
    };
    const delivery = new WebhookDelivery(this.#parts, this.#options, turn, onAttempt);
    const served = delivery
      .run(this.#stop.signal)
      .catch((error: unknown) => this.#report(error))
      .finally(() => this.#serving.delete(served));
    this.#serving.add(served);
  }

  /** Logs once per outage of the store, not once a second. */
  #report(error: unknown): void {
    if (!this.#isReported) this.#parts.log.warn('webhooks wait for the store', { error: messageOf(error) });
    this.#isReported = true;
  }
}
