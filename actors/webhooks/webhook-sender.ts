import { messageOf } from '../../src/core/errors.ts';
import type { WebhookClaim } from '../../src/model/webhook.ts';
import { TURN_MS, WebhookDelivery, type WebhookOptions, type WebhookParts } from './webhook-delivery.ts';

/** How often the outbox is looked at, in milliseconds. */
const LOOK_EVERY_MS = 1000;
/** Tasks that are served at once. */
const AT_ONCE = 4;

/** Messages since the start of the process. */
export interface WebhookFigures {
  readonly delivered: number;
  /** Tries that failed and are made again. */
  readonly retried: number;
  readonly dropped: number;
}

/**
 * Sends webhooks from the outbox, beside the crawls and never in their way: what it tells is read from the event log. Any
 * number of processes may run one; each task is served by one at a time, and what one leaves behind another takes up.
 */
export class WebhookSender {
  readonly #parts: WebhookParts;
  readonly #options: WebhookOptions;
  readonly #stop = new AbortController();
  readonly #serving = new Set<Promise<void>>();
  readonly #figures = { delivered: 0, retried: 0, dropped: 0 };
  #looking: Promise<void> = Promise.resolve();
  #cancelTimer: () => void = () => {};
  #troubled = false;

  constructor(parts: WebhookParts, options: WebhookOptions) {
    this.#parts = parts;
    this.#options = Object.freeze({ ...options });
    this.#look();
  }

  get figures(): WebhookFigures {
    return { ...this.#figures };
  }

  /** Breaks off what is being sent; it is sent again by the next sender. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#cancelTimer();
    await this.#looking;
    await Promise.all(this.#serving);
  }

  #look(): void {
    this.#looking = this.#takeTurns().then(() => {
      if (this.#stop.signal.aborted) return;
      this.#cancelTimer = this.#parts.clock.after(LOOK_EVERY_MS, () => this.#look());
    });
  }

  async #takeTurns(): Promise<void> {
    const free = AT_ONCE - this.#serving.size;
    if (free === 0) return;
    try {
      for (const turn of await this.#parts.outbox.claim(TURN_MS, free)) this.#serve(turn);
      this.#troubled = false;
    } catch (error) {
      this.#report(error);
    }
  }

  #serve(turn: WebhookClaim): void {
    const onTry = (kind: 'delivered' | 'retry' | 'dropped') => {
      this.#figures[kind === 'retry' ? 'retried' : kind] += 1;
    };
    const delivery = new WebhookDelivery(this.#parts, this.#options, turn, onTry);
    const served = delivery
      .run(this.#stop.signal)
      .catch((error: unknown) => this.#report(error))
      .finally(() => this.#serving.delete(served));
    this.#serving.add(served);
  }

  /** Told once for an outage of the store, not once a second. */
  #report(error: unknown): void {
    if (!this.#troubled) this.#parts.log.warn('webhooks are held up', { error: messageOf(error) });
    this.#troubled = true;
  }
}
