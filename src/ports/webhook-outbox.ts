import type { WebhookStatus, WebhookTurn, WebhookUpdate } from '../model/webhook.ts';

/** Which tasks have something to tell, over all processes; each is served by one sender at a time. */
export interface WebhookOutbox {
  /** Makes a task due now, also after its end; where it is entered for the first time, from its first event on. One that is being served is left as it is. */
  enter(taskId: string): Promise<void>;
  /** Tasks that are due, each under a lease of `leaseMs`; a lease that ran out makes its task due again. */
  take(leaseMs: number, limit: number): Promise<readonly WebhookTurn[]>;
  /** Saves what became of a turn; answers false, and changes nothing, if its lease has passed to someone else. */
  note(turn: WebhookTurn, note: WebhookUpdate): Promise<boolean>;
  /** Null for a task that was never entered. */
  standing(taskId: string): Promise<WebhookStatus | null>;
}
