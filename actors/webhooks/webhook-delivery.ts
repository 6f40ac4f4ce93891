import { nextDraft } from '../../src/core/webhooks/webhook-draft.ts';
import {
  endMessage,
  eventMessage,
  type WebhookMessage,
  webhookHeaders,
} from '../../src/core/webhooks/webhook-message.ts';
import { begun, END, outcomeOf, type WebhookOutcome } from '../../src/core/webhooks/webhook-outcome.ts';
import type { TaskRecord, TaskStatus } from '../../src/model/task.ts';
import type { TaskResult } from '../../src/model/task-result.ts';
import type { WebhookClaim, WebhookSpec, WebhookState } from '../../src/model/webhook.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { EventLog } from '../../src/ports/event-log.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { TaskQueue } from '../../src/ports/task-queue.ts';
import type { WebhookClient } from '../../src/ports/webhook-client.ts';
import type { WebhookOutbox } from '../../src/ports/webhook-outbox.ts';

export interface WebhookParts {
  /** A result as the body of a message shows it. */
  readonly resultBody: (result: TaskResult) => Readonly<Record<string, unknown>>;
  readonly outbox: WebhookOutbox;
  readonly tasks: Pick<TaskQueue, 'get'>;
  readonly events: Pick<EventLog, 'read'>;
  readonly client: WebhookClient;
  readonly clock: Clock;
  readonly log: Logger;
  /** From 0 to 1, for the jitter of retries. */
  readonly random: () => number;
}

export interface WebhookOptions {
  /** Signs messages of tasks that bring no secret; null for none. */
  readonly defaultSecret: string | null;
  /** Attempts per message. */
  readonly attempts: number;
}

/** How long a turn lasts without a heartbeat, in milliseconds: longer than one request can take. */
export const TURN_MS = 30_000;
/** Poll interval when there is nothing to send, in milliseconds; shorter for a running task. */
const POLL_MS = 1000;
const POLL_AT_REST_MS = 30_000;
const EVENTS_READ_AT_ONCE = 500;
/** Messages per turn, so that no task keeps others waiting. */
const MESSAGES_PER_TURN = 20;

const ENDED: readonly TaskStatus[] = ['completed', 'failed', 'cancelled'];

/** The message to send now; `until` marks it in the state. */
interface Sending {
  readonly message: WebhookMessage;
  readonly until: string;
}

/** Sends the messages of one task in order, one at a time, from its cursor on. */
export class WebhookDelivery {
  readonly #parts: WebhookParts;
  readonly #options: WebhookOptions;
  readonly #turn: WebhookClaim;
  readonly #onAttempt: (kind: WebhookOutcome['kind']) => void;
  #state: WebhookState;

  constructor(
    parts: WebhookParts,
    options: WebhookOptions,
    turn: WebhookClaim,
    onAttempt: (kind: WebhookOutcome['kind']) => void,
  ) {
    this.#parts = parts;
    this.#options = options;
    this.#turn = turn;
    this.#onAttempt = onAttempt;
    this.#state = turn.state;
  }

  /** Ends when there is nothing to send, when the turn is used up, or when another process has taken it over. */
  async run(signal: AbortSignal): Promise<void> {
    const { tasks, clock } = this.#parts;
    for (let sent = 0; sent < MESSAGES_PER_TURN; sent += 1) {
      const task = await tasks.get(this.#turn.taskId);
      if (task?.spec.webhook === undefined) return this.#leave(null);
      const sending = await this.#next(task, task.spec.webhook);
      if (sending === null) return this.#leave(this.#nextPoll(task));
      const outcome = await this.#send(task.spec.webhook, sending, signal);
      if (outcome === null) return;
      this.#state = outcome.state;
      if (outcome.kind === 'retry' || outcome.dueAt === null) return this.#leave(outcome.dueAt);
      if (!(await this.#keep())) return;
    }
    return this.#leave(clock.now());
  }

  /** The message that was begun, or the next one; null if there is none. Reads the task before its events. */
  async #next(task: TaskRecord, webhook: WebhookSpec): Promise<Sending | null> {
    const hasEnded = ENDED.includes(task.status);
    if (this.#state.until === END && hasEnded)
      return { message: endMessage(task, this.#parts.resultBody), until: END };
    for (;;) {
      const { after, until } = this.#state;
      const events = await this.#parts.events.read(task.id, after, EVENTS_READ_AT_ONCE);
      const step = nextDraft(events, webhook.events, until === END ? null : until);
      if (step.kind === 'message')
        return { message: eventMessage(task, step.draft), until: step.draft.until };
      if (events.length === 0) break;
      this.#state = { ...this.#state, after: step.after ?? after, until: null };
    }
    return hasEnded ? this.#ending(task, webhook) : null;
  }

  #ending(task: TaskRecord, { events }: WebhookSpec): Sending | null {
    const message = endMessage(task, this.#parts.resultBody);
    return events.includes(message.type) ? { message, until: END } : null;
  }

  /** The outcome of the attempt; null if the turn is lost or the sender stops. */
  async #send(webhook: WebhookSpec, sending: Sending, signal: AbortSignal): Promise<WebhookOutcome | null> {
    const { client, clock, random } = this.#parts;
    const { message, until } = sending;
    const isNew = this.#state.until !== until;
    this.#state = begun(this.#state, until);
    if (isNew && !(await this.#keep())) return null;
    const headers = webhookHeaders(message, webhook.secret ?? this.#options.defaultSecret, clock.now());
    try {
      const response = await client.send({ url: webhook.url, headers, body: message.body, signal });
      const about = { attempts: this.#options.attempts, now: clock.now(), random: random() };
      const outcome = outcomeOf(this.#state, response, about);
      this.#report(webhook, message, outcome);
      return outcome;
    } catch (error) {
      if (!signal.aborted) throw error;
      await this.#leave(clock.now());
      return null;
    }
  }

  #report({ url }: WebhookSpec, { type }: WebhookMessage, { kind, state }: WebhookOutcome): void {
    this.#onAttempt(kind);
    if (kind !== 'dropped') return;
    this.#parts.log.warn('a webhook message was dropped', {
      task: this.#turn.taskId,
      host: new URL(url).host,
      type,
      error: state.lastError,
      dropped: state.dropped,
    });
  }

  /** Null when every message is sent. */
  #nextPoll({ status }: TaskRecord): number | null {
    if (ENDED.includes(status)) return null;
    const wait = status === 'in_progress' ? POLL_MS : POLL_AT_REST_MS;
    return this.#parts.clock.now() + wait;
  }

  #keep(): Promise<boolean> {
    const { outbox, clock } = this.#parts;
    return outbox.update(this.#turn, { state: this.#state, dueAt: clock.now() + TURN_MS, keep: true });
  }

  async #leave(dueAt: number | null): Promise<void> {
    await this.#parts.outbox.update(this.#turn, { state: this.#state, dueAt, keep: false });
  }
}
