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
export interface WebhookNote {
  readonly state: WebhookState;
  readonly dueAt: number | null;
  /** Keeps the lease until `dueAt`; otherwise any sender may take the next turn then. */
  readonly keep: boolean;
}

export interface WebhookStanding extends WebhookState {
  /** Nothing more is sent for the task as it stands. */
  readonly ended: boolean;
}

/** Which tasks have something to tell, over all processes; each is served by one sender at a time. */
export interface WebhookOutbox {
  /** Makes a task due now, also after its end; where it is entered for the first time, from its first event on. One that is being served is left as it is. */
  enter(taskId: string): Promise<void>;
  /** Tasks that are due, each under a lease of `leaseMs`; a lease that ran out makes its task due again. */
  take(leaseMs: number, limit: number): Promise<readonly WebhookTurn[]>;
  /** Saves what became of a turn; answers false, and changes nothing, if its lease has passed to someone else. */
  note(turn: WebhookTurn, note: WebhookNote): Promise<boolean>;
  /** Null for a task that was never entered. */
  standing(taskId: string): Promise<WebhookStanding | null>;
}
