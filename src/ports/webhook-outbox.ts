import type { WebhookClaim, WebhookStatus, WebhookUpdate } from '../model/webhook.ts';

/** Tasks that have events to deliver, over all processes. One sender at a time serves a task. */
export interface WebhookOutbox {
  /**
   * Makes a task due now, also after its delivery has ended. Delivery starts with the first event of a task that was never
   * enqueued. Does nothing for a task that a sender is serving.
   */
  enqueue(taskId: string): Promise<void>;
  /**
   * Claims tasks that are due, those that are due longest first. A task is due again when its lease runs out.
   *
   * @param leaseMs milliseconds.
   */
  claim(leaseMs: number, limit: number): Promise<readonly WebhookClaim[]>;
  /** Saves the state of a delivery. Returns false and changes nothing if the lease has passed to another sender. */
  update(claim: WebhookClaim, update: WebhookUpdate): Promise<boolean>;
  /** Null for a task that was never enqueued. */
  status(taskId: string): Promise<WebhookStatus | null>;
}
