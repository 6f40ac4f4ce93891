/** Where the delivery of a task's events stands. */
export interface WebhookState {
  /** Id of the last event that was delivered, dropped or passed over; null before the first. */
  readonly after: string | null;
  /** Id of the last event of the message that is being sent; null if none was begun. */
  readonly until: string | null;
  /** Failed tries in a row. */
  readonly failures: number;
  /** Messages that the receiver took. */
  readonly delivered: number;
  /** Messages that were given up. */
  readonly dropped: number;
  /** Why the last try failed; null if it did not. */
  readonly lastError: string | null;
}

/** The right to deliver for one task until the lease runs out. */
export interface WebhookTurn {
  readonly taskId: string;
  /** Proof of the lease. */
  readonly token: string;
  readonly state: WebhookState;
}

/** What a sender notes: the new state, and when the next turn is due (epoch ms); null when all is told. */
export interface WebhookUpdate {
  readonly state: WebhookState;
  readonly dueAt: number | null;
  /** Keeps the lease until `dueAt`; otherwise any sender may take the next turn then. */
  readonly keep: boolean;
}

export interface WebhookStatus extends WebhookState {
  /** Nothing more is sent for the task as it stands. */
  readonly ended: boolean;
}

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
