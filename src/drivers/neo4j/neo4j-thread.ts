import { Worker } from 'node:worker_threads';
import { ERRORS, type ErrorCode, WaymarkError } from '../../core/errors.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import type { Neo4jAddress } from './open-neo4j.ts';
import {
  type AnswerMessage,
  type CallMessage,
  CLOSE,
  GRAPH_METHODS,
  OPENING,
  type ServiceMethod,
} from './thread-messages.ts';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const threadFile = new URL('./client-thread.ts', import.meta.url);

/**
 * A Neo4j whose client works on a thread of its own: packing pages, unpacking rows and searching for ways hold up
 * nobody. Calls run at the same time and answer as `Neo4jGraphStore` does, with the same codes.
 */
export class Neo4jThread {
  readonly graph: GraphStore;
  readonly #thread: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #exited: Promise<void>;
  #lastId = OPENING;
  #ended: WaymarkError | null = null;

  private constructor({ url, username, password }: Neo4jAddress) {
    this.graph = this.#remoteGraph();
    this.#thread = new Worker(threadFile, { workerData: { url, username, password } });
    this.#thread.on('message', (message: AnswerMessage) => this.#settle(message));
    this.#thread.on('error', (error) => this.#failAll(error));
    this.#exited = new Promise((resolve) => {
      this.#thread.once('exit', () => {
        this.#failAll(new Error('it has ended'));
        resolve();
      });
    });
  }

  /** Rejects with the codes of `openNeo4j`; no thread is left then. */
  static async open(address: Neo4jAddress): Promise<Neo4jThread> {
    const thread = new Neo4jThread(address);
    try {
      await new Promise<unknown>((resolve, reject) => thread.#pending.set(OPENING, { resolve, reject }));
      return thread;
    } catch (error) {
      await thread.#exited;
      throw error;
    }
  }

  /** Rejects with `neo4j-unreachable` if it does not answer. */
  async ping(): Promise<void> {
    await this.#call('ping', []);
  }

  /** Tells this database from all others. */
  async id(): Promise<string> {
    return String(await this.#call('id', []));
  }

  /** Takes no more calls; those that still run have 5 s to end, and are rejected then. */
  async close(): Promise<void> {
    this.#ended ??= new WaymarkError('storage-failed', 'The connection to Neo4j is closed.');
    this.#thread.postMessage(CLOSE);
    await this.#exited;
  }

  #remoteGraph(): GraphStore {
    const calls = GRAPH_METHODS.map((method) => [
      method,
      (...args: readonly unknown[]) => this.#call(method as ServiceMethod, args),
    ]);
    return Object.fromEntries(calls) as GraphStore;
  }

  #call(method: ServiceMethod, args: readonly unknown[]): Promise<unknown> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const message: CallMessage = { id: this.#lastId, method, args };
    return new Promise((resolve, reject) => {
      this.#thread.postMessage(message);
      this.#pending.set(message.id, { resolve, reject });
    });
  }

  #settle(message: AnswerMessage): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.ok) pending?.resolve(message.value);
    else pending?.reject(errorFrom(message.code, message.message));
  }

  #failAll(cause: unknown): void {
    this.#ended ??= new WaymarkError('storage-failed', 'The thread of the Neo4j client has stopped.', {
      cause,
    });
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
  }
}

function errorFrom(code: string | null, message: string): WaymarkError {
  const known = code !== null && code in ERRORS ? (code as ErrorCode) : 'storage-failed';
  return new WaymarkError(known, message);
}
