/** A queue of messages with a bound. It knows nothing of who reads it. */
export class Mailbox<M> {
  readonly capacity: number;
  readonly #messages: M[] = [];
  readonly #senders: Waiting<M>[] = [];
  readonly #readers = new Set<Reader>();
  #closed: Error | null = null;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new RangeError('a mailbox holds at least one message');
    this.capacity = capacity;
  }

  get depth(): number {
    return this.#messages.length;
  }

  /** Senders that wait for room. */
  get waiting(): number {
    return this.#senders.length;
  }

  get closed(): boolean {
    return this.#closed !== null;
  }

  /** Resolves when the message is in; waits while the mailbox is full. Rejects once it is closed. */
  send(message: M): Promise<void> {
    if (this.#closed !== null) return Promise.reject(this.#closed);
    if (this.#messages.length < this.capacity && this.#senders.length === 0) {
      this.#put(message);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => this.#senders.push({ message, resolve, reject }));
  }

  /** Takes at most `max` messages, oldest first. */
  take(max: number): M[] {
    const taken = this.#messages.splice(0, max);
    this.#admit();
    return taken;
  }

  /** Resolves when there are `atLeast` messages to take, when the mailbox is closed, or when `signal` is aborted. */
  ready(atLeast = 1, signal?: AbortSignal): Promise<void> {
    if (this.#messages.length >= atLeast || this.#closed !== null || signal?.aborted)
      return Promise.resolve();
    return new Promise((resolve) => {
      const reader: Reader = { atLeast, wake: () => this.#dismiss(reader, resolve) };
      this.#readers.add(reader);
      signal?.addEventListener('abort', reader.wake, { once: true });
    });
  }

  /** Refuses new messages. Those inside stay to be taken; senders that wait are admitted beyond the bound. */
  close(reason: Error): void {
    if (this.#closed !== null) return;
    for (const sender of this.#senders.splice(0)) {
      this.#messages.push(sender.message);
      sender.resolve();
    }
    this.#shut(reason);
  }

  /** Refuses new messages, drops those inside and rejects waiting senders. Returns the dropped messages. */
  destroy(reason: Error): readonly M[] {
    for (const sender of this.#senders.splice(0)) sender.reject(reason);
    const dropped = this.#messages.splice(0);
    this.#shut(reason);
    return dropped;
  }

  #put(message: M): void {
    this.#messages.push(message);
    for (const reader of this.#readers) if (reader.atLeast <= this.#messages.length) reader.wake();
  }

  #admit(): void {
    while (this.#messages.length < this.capacity) {
      const sender = this.#senders.shift();
      if (sender === undefined) return;
      this.#put(sender.message);
      sender.resolve();
    }
  }

  #dismiss(reader: Reader, resolve: () => void): void {
    this.#readers.delete(reader);
    resolve();
  }

  #shut(reason: Error): void {
    this.#closed ??= reason;
    for (const reader of this.#readers) reader.wake();
  }
}

interface Waiting<M> {
  readonly message: M;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

interface Reader {
  readonly atLeast: number;
  readonly wake: () => void;
}
