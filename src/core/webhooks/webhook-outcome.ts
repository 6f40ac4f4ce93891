import type { WebhookState } from '../../model/webhook.ts';
import type { WebhookResponse } from '../../ports/webhook-client.ts';

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 300_000;

/** Marks the message that tells how the task ended, which no event does. */
export const END = 'end';

/** What one try leads to. */
export interface WebhookOutcome {
  readonly kind: 'delivered' | 'retry' | 'dropped';
  readonly state: WebhookState;
  /** When the next message, or the next try of this one, is due (epoch ms); null if nothing more is sent. */
  readonly dueAt: number | null;
}

export interface TryContext {
  /** Tries that a message has. */
  readonly attempts: number;
  /** Epoch ms. */
  readonly now: number;
  /** From 0 to 1, for the jitter. */
  readonly random: number;
}

/** The state in which a message is sent; how the task ended gets all its tries, whatever became of what was before it. */
export function begun(state: WebhookState, until: string): WebhookState {
  return { ...state, until, failures: until === END && state.until !== END ? 0 : state.failures };
}

/**
 * What an answer means: any 2xx is success; no answer, 429 and 5xx are tried again with growing delays; other statuses,
 * redirects among them, drop the message; 410 ends the webhook (Standard Webhooks 1.0.0). After a message has used up its
 * tries, the next ones get one each until the receiver answers again.
 */
export function outcomeOf(state: WebhookState, answer: WebhookResponse, about: TryContext): WebhookOutcome {
  const status = answer.kind === 'status' ? answer.status : 0;
  if (status >= 200 && status < 300) return told(state, about);
  const lastError = answer.kind === 'status' ? `status ${status}` : answer.reason;
  if (status === 410) return { ...dropped({ ...state, lastError }, 0, about), dueAt: null };
  const mayPass = answer.kind === 'status' ? status === 429 || status >= 500 : answer.retryable;
  if (!mayPass) return dropped({ ...state, lastError }, 0, about);
  const failures = state.failures + 1;
  if (failures >= about.attempts) return dropped({ ...state, lastError }, failures, about);
  const asked = answer.kind === 'status' ? (answer.retryAt ?? 0) : 0;
  const dueAt = Math.max(asked, about.now + delayAfter(failures, about.random));
  return { kind: 'retry', state: { ...state, failures, lastError }, dueAt };
}

/** From half to the whole of 1 s, 2 s, 4 s, … up to 5 min. */
function delayAfter(failures: number, random: number): number {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  return Math.round(longest * (0.5 + random / 2));
}

function told(state: WebhookState, about: TryContext): WebhookOutcome {
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

/** Of a task that nothing was told of yet. */
export const FIRST_WEBHOOK_STATE: WebhookState = Object.freeze({
  after: null,
  until: null,
  failures: 0,
  delivered: 0,
  dropped: 0,
  lastError: null,
});
