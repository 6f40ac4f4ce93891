import type { WebhookState } from '../../model/webhook.ts';

/** Of a task that nothing was told of yet. */
export const FIRST_WEBHOOK_STATE: WebhookState = Object.freeze({
  after: null,
  until: null,
  failures: 0,
  delivered: 0,
  dropped: 0,
  lastError: null,
});
