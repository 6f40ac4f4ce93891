/** State of the delivery of a task's events. */
export interface WebhookState {
  /** Id of the last event that was delivered, dropped or skipped; null before the first. */
  readonly after: string | null;
  /** Id of the last event of the message in progress; null without one. */
  readonly until: string | null;
  /** Consecutive failed attempts. */
  readonly failures: number;
  /** Number of messages that the receiver accepted. */
  readonly delivered: number;
  /** Number of messages dropped after the last attempt. */
  readonly dropped: number;
  /** Why the last attempt failed; null if it succeeded. */
  readonly lastError: string | null;
}

/** The right to deliver for one task until the lease runs out. */
export interface WebhookClaim {
  readonly taskId: string;
  /** Token of the lease. */
  readonly token: string;
  readonly state: WebhookState;
}

export interface WebhookUpdate {
  readonly state: WebhookState;
  /** Epoch ms of the next delivery; null when all events are delivered. */
  readonly dueAt: number | null;
  /** Whether the sender keeps the lease until `dueAt`. Without it, any sender can claim the task then. */
  readonly keep: boolean;
}

export interface WebhookStatus extends WebhookState {
  /** Whether all events so far are delivered or dropped. */
  readonly ended: boolean;
}

/** Kinds of messages to a receiver. */
export type WebhookEvent = 'started' | 'page' | 'completed' | 'failed';

/** Receiver of a task's events. */
export interface WebhookSpec {
  /** http or https, without user name and password. */
  readonly url: string;
  /** `whsec_` and the key in base64; null: the service's own secret, if it has one, signs the messages. Never shown. */
  readonly secret: string | null;
  readonly events: readonly WebhookEvent[];
}
