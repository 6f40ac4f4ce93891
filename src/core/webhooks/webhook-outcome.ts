import type { WebhookState } from '../../model/webhook.ts';
import type { WebhookResponse } from '../../ports/webhook-client.ts';

const FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 300_000;

/** Marks the message about the end of the task, which is in no event. */
export const END = 'end';

/** The result of one attempt. */
export interface WebhookOutcome {
  readonly kind: 'delivered' | 'retry' | 'dropped';
  readonly state: WebhookState;
  /** When the next message or attempt is due (epoch ms); null if nothing more is sent. */
  readonly dueAt: number | null;
}

export interface TryContext {
  /** Attempts per message. */
  readonly attempts: number;
  /** Epoch ms. */
  readonly now: number;
  /** From 0 to 1, for the jitter. */
  readonly random: number;
}

/** The state in which a message is sent. The message about the end gets all its attempts, whatever happened before. */
export function begun(state: WebhookState, until: string): WebhookState {
  return { ...state, until, failures: until === END && state.until !== END ? 0 : state.failures };
}

/**
 * Interprets a response: any 2xx is success; no response, 429 and 5xx are retried with growing delays; other statuses,
 * including redirects, drop the message; 410 ends the webhook (Standard Webhooks 1.0.0). After a message has used up its
 * attempts, the next ones get one each until a message is delivered again.
 */
export function outcomeOf(state: WebhookState, response: WebhookResponse, about: TryContext): WebhookOutcome {
  const status = response.kind === 'status' ? response.status : 0;
  if (status >= 200 && status < 300) return delivered(state, about);
  const lastError = response.kind === 'status' ? `status ${status}` : response.reason;
  if (status === 410) return { ...dropped({ ...state, lastError }, 0, about), dueAt: null };
  const mayPass = response.kind === 'status' ? status === 429 || status >= 500 : response.retryable;
  if (!mayPass) return dropped({ ...state, lastError }, 0, about);
  const failures = state.failures + 1;
  if (failures >= about.attempts) return dropped({ ...state, lastError }, failures, about);
  const retryAt = response.kind === 'status' ? (response.retryAt ?? 0) : 0;
  const dueAt = Math.max(retryAt, about.now + delayAfter(failures, about.random));
  return { kind: 'retry', state: { ...state, failures, lastError }, dueAt };
}

/** From half to the whole of 1 s, 2 s, 4 s, … up to 5 min. */
function delayAfter(failures: number, random: number): number {
  const longest = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  return Math.round(longest * (0.5 + random / 2));
}

function delivered(state: WebhookState, about: TryContext): WebhookOutcome {
  const next = { ...passed(state), failures: 0, delivered: state.delivered + 1, lastError: null };
  return { kind: 'delivered', state: next, dueAt: nextDue(state, about) };
}

function dropped(state: WebhookState, failures: number, about: TryContext): WebhookOutcome {
  const next = { ...passed(state), failures, dropped: state.dropped + 1 };
  return { kind: 'dropped', state: next, dueAt: nextDue(state, about) };
}

function passed(state: WebhookState): WebhookState {
  return { ...state, after: state.until === END ? state.after : state.until, until: null };
}

function nextDue({ until }: WebhookState, { now }: TryContext): number | null {
  return until === END ? null : now;
}

/** The state of a task without any message yet. */
export const FIRST_WEBHOOK_STATE: WebhookState = Object.freeze({
  after: null,
  until: null,
  failures: 0,
  delivered: 0,
  dropped: 0,
  lastError: null,
});
