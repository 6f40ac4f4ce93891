import type { Clock } from '../../ports/clock.ts';
import { pause } from '../deadline.ts';
import { type ActorFigures, type ActorMetrics, Tally } from './actor-metrics.ts';
import { Mailbox } from './mailbox.ts';
import type { Supervision } from './supervision.ts';

/** What an actor does with its messages; owns the actor's state. A restart creates a new one. */
export interface Behaviour<M> {
  /** Handles a batch. `signal` aborts when the actor stops without draining. */
  handle(messages: readonly M[], signal: AbortSignal): Promise<void>;
}

export interface ActorSpec<M> {
  readonly name: string;
  readonly create: () => Behaviour<M>;
  /** Messages that may wait; senders wait beyond that. */
  readonly capacity: number;
  /** Batches handled at once. Default 1. */
  readonly concurrency?: number;
  /** Messages per batch at most. Default 1. */
  readonly batchSize?: number;
  /** How long a batch that is not full waits for more, in milliseconds; read before each batch. Default 0. */
  readonly lingerMs?: () => number;
  readonly supervision: Supervision;
  /** Called with messages that were given up. */
  readonly onGivenUp?: (messages: readonly M[], error: unknown) => Promise<void> | void;
  /** Called once when the actor escalates. */
  readonly onEscalated?: (error: unknown) => void;
}

/** The half of an actor that others may hold. */
export interface ActorRef<M> {
  /** Resolves when the message is in the mailbox; waits while that is full. Rejects once the actor has stopped. */
  send(message: M): Promise<void>;
}

/** The actor was stopped, so the message was not taken. */
export class ActorStopped extends Error {
  override readonly name = 'ActorStopped';
}

/** Runs a behaviour over a mailbox, under a supervision. Starts at once. */
export class Actor<M> implements ActorRef<M> {
  readonly #spec: Required<Omit<ActorSpec<M>, 'onGivenUp' | 'onEscalated'>> &
    Pick<ActorSpec<M>, 'onGivenUp' | 'onEscalated'>;
  readonly #clock: Clock;
  readonly #mailbox: Mailbox<M>;
  readonly #tally = new Tally();
  readonly #abort = new AbortController();
  readonly #lanes: Promise<void>;
  #behaviour: Behaviour<M>;
  #failuresInARow = 0;

  /** @param metrics where the figures are added up for the whole process. */
  constructor(spec: ActorSpec<M>, clock: Clock, metrics?: ActorMetrics) {
    this.#spec = Object.freeze({ concurrency: 1, batchSize: 1, lingerMs: () => 0, ...spec });
    this.#clock = clock;
    this.#mailbox = new Mailbox<M>(spec.capacity);
    this.#behaviour = spec.create();
    metrics?.add(this);
    this.#lanes = Promise.all(Array.from({ length: this.#spec.concurrency }, () => this.#work())).then(() =>
      metrics?.remove(this),
    );
  }

  send(message: M): Promise<void> {
    return this.#mailbox.send(message);
  }

  figures(): ActorFigures {
    const { inFlight, handled, failed, givenUp, restarts, busyMs } = this.#tally;
    const { depth, capacity, waiting } = this.#mailbox;
    return {
      name: this.#spec.name,
      depth,
      capacity,
      blocked: waiting,
      inFlight,
      handled,
      failed,
      givenUp,
      restarts,
      busyMs,
    };
  }

  /** `drain` handles what is in the mailbox first; `abort` drops it and aborts what runs. Idempotent. */
  async stop(how: 'drain' | 'abort'): Promise<void> {
    const stopped = new ActorStopped(`${this.#spec.name} has stopped`);
    if (how === 'abort') {
      this.#abort.abort(stopped);
      this.#mailbox.destroy(stopped);
    }
    this.#mailbox.close(stopped);
    await this.#lanes;
  }

  async #work(): Promise<void> {
    for (;;) {
      await this.#mailbox.ready();
      await this.#linger();
      const messages = this.#mailbox.take(this.#spec.batchSize);
      if (messages.length > 0) await this.#settle(messages);
      else if (this.#mailbox.closed) return;
    }
  }

  /** Waits for a full batch or a full mailbox, but no longer than the linger. */
  async #linger(): Promise<void> {
    const { batchSize, capacity } = this.#spec;
    const enough = Math.min(batchSize, capacity);
    const lingerMs = this.#spec.lingerMs();
    if (lingerMs <= 0 || this.#mailbox.closed || this.#mailbox.depth >= enough) return;
    const patience = new AbortController();
    const cancelTimer = this.#clock.after(lingerMs, () => patience.abort());
    await this.#mailbox.ready(enough, patience.signal);
    cancelTimer();
  }

  async #settle(messages: readonly M[]): Promise<void> {
    this.#tally.inFlight += messages.length;
    for (let attempt = 1; !(await this.#settled(messages, attempt)); attempt += 1);
    this.#tally.inFlight -= messages.length;
  }

  async #settled(messages: readonly M[], attempt: number): Promise<boolean> {
    try {
      await this.#handle(messages);
      this.#tally.handled += messages.length;
      this.#failuresInARow = 0;
      return true;
    } catch (error) {
      this.#tally.failed += messages.length;
      this.#failuresInARow += 1;
      return this.#abort.signal.aborted || (await this.#direct(messages, attempt, error));
    }
  }

  async #handle(messages: readonly M[]): Promise<void> {
    const startedAt = this.#clock.now();
    try {
      await this.#behaviour.handle(messages, this.#abort.signal);
    } finally {
      this.#tally.busyMs += this.#clock.now() - startedAt;
    }
  }

  /** Follows the supervision's directive and escalates if that fails. Returns whether the messages are finished. */
  async #direct(messages: readonly M[], attempt: number, error: unknown): Promise<boolean> {
    try {
      return await this.#follow(messages, attempt, error);
    } catch (second) {
      this.#escalate(second);
      return true;
    }
  }

  async #follow(messages: readonly M[], attempt: number, error: unknown): Promise<boolean> {
    const directive = this.#spec.supervision({ error, attempt, inARow: this.#failuresInARow });
    switch (directive.kind) {
      case 'give-up':
        this.#tally.givenUp += messages.length;
        await this.#spec.onGivenUp?.(messages, error);
        return true;
      case 'escalate':
        this.#escalate(error);
        return true;
      default:
        if (directive.kind === 'restart') this.#restart();
        await pause(directive.delayMs, this.#clock, this.#abort.signal);
        return this.#abort.signal.aborted;
    }
  }

  #restart(): void {
    this.#behaviour = this.#spec.create();
    this.#tally.restarts += 1;
  }

  #escalate(error: unknown): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort(error);
    this.#mailbox.destroy(new ActorStopped(`${this.#spec.name} has failed`, { cause: error }));
    this.#spec.onEscalated?.(error);
  }
}
