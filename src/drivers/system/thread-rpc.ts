import { type MessagePort, parentPort, Worker } from 'node:worker_threads';
import { withDeadline } from '../../core/deadline.ts';
import { ERRORS, type ErrorCode, messageOf, WaymarkError } from '../../core/errors.ts';
import { systemClock } from './clock.ts';

/** A service as another thread sees it. */
export type Remote<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** Where a thread's service of this name is called. */
export interface ServiceSource<N extends string, T> {
  service(service: N): Remote<T>;
}

/** What a thread serves. */
export interface ThreadServices<S extends object> {
  /** Objects by name. Their methods return values or promises; arguments and results must be structured-cloneable. */
  readonly services: S;
  /** Closes what the services hold. No call runs any more. */
  close(): Promise<void> | void;
}

export interface ThreadOptions {
  readonly workerData: unknown;
  /** Message of the error for calls that the thread did not reply to before it stopped. */
  readonly stopped: string;
  /** Message of the error for calls made after `close`. */
  readonly closed: string;
}

interface CallMessage {
  readonly id: number;
  readonly service: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

type ReplyMessage =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string | null; readonly message: string };

/** The id of the reply that states whether the thread has opened its services. */
const OPENING = 0;
/** The message that makes a thread close its services and end. */
const CLOSE = 'close';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Services on a thread of their own. A call rejects with a `WaymarkError` that has the code of the error in the thread;
 * `storage-failed` where that has none, and where the thread takes no calls.
 */
export class ServiceThread<S extends object> {
  readonly #worker: Worker;
  readonly #options: ThreadOptions;
  readonly #exited: Promise<void>;
  readonly #pending = new Map<number, Pending>();
  #lastId = OPENING;
  #ended: WaymarkError | null = null;

  private constructor(file: URL, options: ThreadOptions) {
    this.#options = options;
    this.#worker = new Worker(file, { workerData: options.workerData });
    this.#worker.on('message', (reply: ReplyMessage) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#stop(error));
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#stop(new Error('the thread has ended'));
        resolve();
      });
    });
  }

  /**
   * Starts the thread. Rejects with the error that prevents it from serving; no thread is left then.
   *
   * @param file calls `serveThread`.
   */
  static async open<S extends object>(file: URL, options: ThreadOptions): Promise<ServiceThread<S>> {
    const thread = new ServiceThread<S>(file, options);
    try {
      await thread.#reply(OPENING);
      return thread;
    } catch (error) {
      await thread.#exited;
      throw error;
    }
  }

  service<K extends keyof S & string>(service: K): Remote<S[K]> {
    return new Proxy({} as Remote<S[K]>, {
      // A promise that resolves to the proxy looks for `then`.
      get: (_, method) =>
        typeof method === 'symbol' || method === 'then'
          ? undefined
          : (...args: readonly unknown[]) => this.#call(service, method, args),
    });
  }

  /** Takes no more calls. Resolves when the running calls are finished and the thread has ended. */
  async close(): Promise<void> {
    this.#ended ??= new WaymarkError('storage-failed', this.#options.closed);
    this.#worker.postMessage(CLOSE);
    await this.#exited;
  }

  async #call(service: string, method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#ended !== null) throw this.#ended;
    this.#lastId += 1;
    const message: CallMessage = { id: this.#lastId, service, method, args };
    this.#worker.postMessage(message);
    return this.#reply(message.id);
  }

  #reply(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  #settle(reply: ReplyMessage): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.ok) pending?.resolve(reply.value);
    else pending?.reject(new WaymarkError(knownCode(reply.code), reply.message));
  }

  #stop(cause: unknown): void {
    this.#ended ??= new WaymarkError('storage-failed', this.#options.stopped, { cause });
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
  }
}

/**
 * Serves calls on this worker thread until the other thread closes it.
 *
 * @param drainMs milliseconds for the running calls to finish, and again for `close`; the thread ends after that.
 * Default: no limit.
 */
export async function serveThread<S extends object>(
  open: () => Promise<ThreadServices<S>> | ThreadServices<S>,
  drainMs: number | null = null,
): Promise<void> {
  if (parentPort === null) throw new Error('this file runs on a worker thread');
  const port = parentPort;
  try {
    const { services, close } = await open();
    const server = new ThreadServer(port, new Map(Object.entries(services)));
    port.on('message', (message: CallMessage | typeof CLOSE) => {
      if (message !== CLOSE) return server.serve(message);
      void server
        .drain(drainMs)
        .then(() => inTime(Promise.resolve(close()), drainMs))
        .finally(() => process.exit());
    });
    post(port, { id: OPENING, ok: true, value: null });
  } catch (error) {
    post(port, failureReply(OPENING, error));
  }
}

class ThreadServer {
  readonly #port: MessagePort;
  readonly #services: ReadonlyMap<string, object>;
  readonly #running = new Set<Promise<void>>();

  constructor(port: MessagePort, services: ReadonlyMap<string, object>) {
    this.#port = port;
    this.#services = services;
  }

  /** Replies at once where the method returns no promise. */
  serve(call: CallMessage): void {
    try {
      const value = this.#run(call);
      if (value instanceof Promise) this.#follow(call.id, value);
      else post(this.#port, { id: call.id, ok: true, value });
    } catch (error) {
      post(this.#port, failureReply(call.id, error));
    }
  }

  /** Waits for the running calls, `ms` milliseconds at most. */
  async drain(ms: number | null): Promise<void> {
    await inTime(Promise.all(this.#running), ms);
  }

  #run({ service, method, args }: CallMessage): unknown {
    const target = this.#services.get(service);
    const call: unknown = target && Reflect.get(target, method);
    if (typeof call !== 'function') throw new Error(`there is no ${service}.${method}`);
    return Reflect.apply(call, target, args);
  }

  #follow(id: number, result: Promise<unknown>): void {
    const running = this.#replyTo(id, result).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #replyTo(id: number, result: Promise<unknown>): Promise<void> {
    try {
      post(this.#port, { id, ok: true, value: await result });
    } catch (error) {
      post(this.#port, failureReply(id, error));
    }
  }
}

async function inTime(work: Promise<unknown>, ms: number | null): Promise<void> {
  if (ms === null) await work;
  else await withDeadline(work, { ms, clock: systemClock, error: () => new Error('late') }).catch(() => {});
}

function post(port: MessagePort, reply: ReplyMessage): void {
  port.postMessage(reply);
}

function failureReply(id: number, error: unknown): ReplyMessage {
  const code = error instanceof WaymarkError ? error.code : null;
  return { id, ok: false, code, message: messageOf(error) };
}

function knownCode(code: string | null): ErrorCode {
  return code !== null && code in ERRORS ? (code as ErrorCode) : 'storage-failed';
}
