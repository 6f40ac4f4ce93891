/** What a receiver may be told of. */
export type WebhookEvent = 'started' | 'page' | 'completed' | 'failed';

/** Where and how a task's events are sent. */
export interface WebhookSpec {
  /** http or https, without user name and password. */
  readonly url: string;
  /** `whsec_` and the key in base64; null for messages without a signature of the task's own. Never shown. */
  readonly secret: string | null;
  readonly events: readonly WebhookEvent[];
}
