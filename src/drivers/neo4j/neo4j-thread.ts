import { Worker } from 'node:worker_threads';
import { WaymarkError } from '../../core/errors.ts';
import { CLOSE, type ReplyMessage, ThreadCalls } from '../../core/thread-calls.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import type { Neo4jAddress } from './open-neo4j.ts';
import { type CallMessage, GRAPH_METHODS, type ServiceMethod } from './thread-messages.ts';

const threadFile = new URL('./client-thread.ts', import.meta.url);

/**
 * A Neo4j whose client works on a thread of its own: packing pages, unpacking rows and searching for ways hold up
 * nobody. Calls run at the same time and answer as `Neo4jGraphStore` does, with the same codes.
 */
export class Neo4jThread {
  readonly graph: GraphStore;
  readonly #thread: Worker;
  readonly #calls = new ThreadCalls('The thread of the Neo4j client has stopped.');
  readonly #exited: Promise<void>;

  private constructor({ url, username, password }: Neo4jAddress) {
    this.graph = this.#remoteGraph();
    this.#thread = new Worker(threadFile, { workerData: { url, username, password } });
    this.#thread.on('message', (message: ReplyMessage) => this.#calls.settle(message));
    this.#thread.on('error', (error) => this.#calls.failAll(error));
    this.#exited = new Promise((resolve) => {
      this.#thread.once('exit', () => {
        this.#calls.failAll(new Error('it has ended'));
        resolve();
      });
    });
  }

  /** Rejects with the codes of `openNeo4j`; no thread is left then. */
  static async open(address: Neo4jAddress): Promise<Neo4jThread> {
    const thread = new Neo4jThread(address);
    try {
      await thread.#calls.opened();
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
    this.#calls.refuse(new WaymarkError('storage-failed', 'The connection to Neo4j is closed.'));
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
    return this.#calls.call((id) => {
      const message: CallMessage = { id, method, args };
      this.#thread.postMessage(message);
    });
  }
}
