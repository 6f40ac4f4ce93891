import { workerFile } from '../../core/worker-file.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import { type Remote, ServiceThread } from '../system/thread-rpc.ts';
import type { Neo4jServices } from './client-thread.ts';
import type { Neo4jAddress } from './open-neo4j.ts';

const threadFile = workerFile('./client-thread.ts', import.meta.url);

/**
 * A Neo4j whose client works on a thread of its own: packing pages, unpacking rows and searching for paths do not block
 * the main thread. Calls run concurrently and have the results and error codes of `neo4jMap`.
 */
export class Neo4jThread {
  readonly graph: GraphStore;
  readonly #thread: ServiceThread<Neo4jServices>;
  readonly #server: Remote<Neo4jServices['server']>;

  private constructor(thread: ServiceThread<Neo4jServices>) {
    this.#thread = thread;
    this.#server = thread.service('server');
    this.graph = thread.service('graph');
  }

  /** Rejects with the codes of `openNeo4j`; no thread is left then. */
  static async open({ url, username, password }: Neo4jAddress): Promise<Neo4jThread> {
    const thread = await ServiceThread.open<Neo4jServices>(threadFile, {
      workerData: { url, username, password },
      stopped: 'The thread of the Neo4j client has stopped.',
      closed: 'The connection to Neo4j is closed.',
    });
    return new Neo4jThread(thread);
  }

  /** Rejects with `neo4j-unreachable` if the server does not reply. */
  ping(): Promise<void> {
    return this.#server.ping();
  }

  /** Resolves to the id of this database, which no other database has. */
  id(): Promise<string> {
    return this.#server.id();
  }

  /** Takes no more calls. Calls that still run have 5 s to finish and are rejected then. */
  close(): Promise<void> {
    return this.#thread.close();
  }
}
