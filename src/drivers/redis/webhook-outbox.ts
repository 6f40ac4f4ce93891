import { randomUUID } from 'node:crypto';
import { FIRST_WEBHOOK_STATE } from '../../core/webhooks/webhook-outcome.ts';
import type { WebhookClaim, WebhookState, WebhookStatus, WebhookUpdate } from '../../model/webhook.ts';
import type { Clock } from '../../ports/clock.ts';
import type { WebhookOutbox } from '../../ports/webhook-outbox.ts';
import type { RedisClient } from './client.ts';
import { DEFAULT_NAMESPACE, webhooksKey } from './keys.ts';
import { asWaymarkError } from './redis-error.ts';
import { Script } from './script.ts';

const SCRIPTS = {
  enter: new Script('webhook-enter'),
  take: new Script('webhook-take'),
  note: new Script('webhook-note'),
};

export interface RedisOutboxOptions {
  /** How long the state of a task whose webhooks are all sent is kept, in seconds. */
  readonly keptSeconds: number;
  readonly namespace?: string;
}

/** The outbox of webhooks over all processes that share the Redis. */
export class RedisWebhookOutbox implements WebhookOutbox {
  readonly #client: RedisClient;
  readonly #clock: Clock;
  readonly #key: string;
  readonly #keptSeconds: number;

  constructor(client: RedisClient, clock: Clock, { keptSeconds, namespace }: RedisOutboxOptions) {
    this.#client = client;
    this.#clock = clock;
    this.#key = webhooksKey(namespace ?? DEFAULT_NAMESPACE);
    this.#keptSeconds = keptSeconds;
  }

  async enqueue(taskId: string): Promise<void> {
    const args = [taskId, JSON.stringify(FIRST_WEBHOOK_STATE), this.#clock.now()];
    await SCRIPTS.enter.run(this.#client, this.#key, ...args);
  }

  async claim(leaseMs: number, limit: number): Promise<readonly WebhookClaim[]> {
    const tokens = Array.from({ length: limit }, () => randomUUID());
    const now = this.#clock.now();
    const reply = await SCRIPTS.take.run(this.#client, this.#key, now, now + leaseMs, ...tokens);
    const fields = reply as readonly string[];
    return tokens
      .slice(0, fields.length / 2)
      .map((token, i) => ({ taskId: fields[2 * i] ?? '', token, state: stateOf(fields[2 * i + 1]) }));
  }

  async update({ taskId, token }: WebhookClaim, { state, dueAt, keep }: WebhookUpdate): Promise<boolean> {
    const args = [taskId, token, JSON.stringify(state), dueAt ?? '', keep ? 1 : 0, this.#keptSeconds];
    return (await SCRIPTS.note.run(this.#client, this.#key, ...args)) === 1;
  }

  async status(taskId: string): Promise<WebhookStatus | null> {
    try {
      const [state] = await this.#client.hmget(`${this.#key}:${taskId}`, 'state');
      if (state === null || state === undefined) return null;
      const dueAt = await this.#client.zscore(`${this.#key}:due`, taskId);
      return { ...stateOf(state), ended: dueAt === null };
    } catch (error) {
      throw asWaymarkError(error);
    }
  }
}

/** A task that is due without a state lost it: delivery begins anew. */
function stateOf(text: string | undefined): WebhookState {
  return text ? (JSON.parse(text) as WebhookState) : FIRST_WEBHOOK_STATE;
}
