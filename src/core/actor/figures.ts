/** What an actor has done so far; all counts are of messages. */
export interface ActorFigures {
  readonly name: string;
  /** Messages waiting in the mailbox. */
  readonly depth: number;
  readonly capacity: number;
  /** Senders that wait for room: the back-pressure. */
  readonly blocked: number;
  readonly inFlight: number;
  readonly handled: number;
  /** Failed tries. */
  readonly failed: number;
  readonly givenUp: number;
  readonly restarts: number;
  /** Milliseconds spent in handling, added up. */
  readonly busyMs: number;
}

/** The counting half of an actor. */
export class Tally {
  inFlight = 0;
  handled = 0;
  failed = 0;
  givenUp = 0;
  restarts = 0;
  busyMs = 0;
}
