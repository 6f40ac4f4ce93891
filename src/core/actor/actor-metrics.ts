/** What an actor has done so far; all counts are of messages. */
export interface ActorFigures {
  readonly name: string;
  /** Messages waiting in the mailbox. */
  readonly depth: number;
  readonly capacity: number;
  /** Senders that wait because the mailbox is full: the back-pressure. */
  readonly blocked: number;
  readonly inFlight: number;
  readonly handled: number;
  /** Failed attempts. */
  readonly failed: number;
  readonly givenUp: number;
  readonly restarts: number;
  /** Milliseconds spent in handling, added up. */
  readonly busyMs: number;
}

/** The counters of one actor. */
export class Tally {
  inFlight = 0;
  handled = 0;
  failed = 0;
  givenUp = 0;
  restarts = 0;
  busyMs = 0;
}

/** What reports figures: an actor. */
interface Metered {
  figures(): ActorFigures;
}

/** The figures of all actors of a process, summed by name. Counters never fall: those of stopped actors are kept. */
export class ActorMetrics {
  readonly #running = new Set<Metered>();
  readonly #stopped = new Map<string, ActorFigures>();

  add(actor: Metered): void {
    this.#running.add(actor);
  }

  /** Keeps the counters of an actor that has stopped, and drops its gauges. */
  remove(actor: Metered): void {
    if (!this.#running.delete(actor)) return;
    const last = { ...actor.figures(), depth: 0, capacity: 0, blocked: 0, inFlight: 0 };
    const before = this.#stopped.get(last.name);
    this.#stopped.set(last.name, before === undefined ? last : sum(before, last));
  }

  /** One entry per name that any actor ever had. */
  figures(): readonly ActorFigures[] {
    const all = [...this.#stopped.values(), ...[...this.#running].map((actor) => actor.figures())];
    return [...Map.groupBy(all, ({ name }) => name).values()].map((figures) => figures.reduce(sum));
  }
}

function sum(a: ActorFigures, b: ActorFigures): ActorFigures {
  return {
    name: a.name,
    depth: a.depth + b.depth,
    capacity: a.capacity + b.capacity,
    blocked: a.blocked + b.blocked,
    inFlight: a.inFlight + b.inFlight,
    handled: a.handled + b.handled,
    failed: a.failed + b.failed,
    givenUp: a.givenUp + b.givenUp,
    restarts: a.restarts + b.restarts,
    busyMs: a.busyMs + b.busyMs,
  };
}
