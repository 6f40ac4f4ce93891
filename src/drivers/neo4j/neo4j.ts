import { type Driver, int, type ManagedTransaction } from 'neo4j-driver';
import { asWaymarkError } from './neo4j-error.ts';

/** Milliseconds after which the server ends a query: an answer for a caller of the API, and a batch of pages. */
const READ_MS = 10_000;
const WRITE_MS = 120_000;

/** No statement waits for what another session of ours has written, as in `read`. */
const ONE_READ = { routing: 'READ', bookmarkManager: null, transactionConfig: { timeout: READ_MS } } as const;

export type Parameters = Readonly<Record<string, unknown>>;

/** Bookmarks of the driver: they stand for everything that was committed up to some time. */
export type Mark = readonly string[];

/** What a transaction has read. */
export interface ReadAt<T> {
  readonly value: T;
  readonly mark: Mark;
}

/** Runs a statement in a transaction; `R` is a row as its RETURN makes it. */
export type Run = <R = never>(cypher: string, parameters?: Parameters) => Promise<R[]>;

/**
 * A Neo4j. Transactions are managed: the driver runs one again after a deadlock, a lost connection or another
 * transient error, for some seconds, so what it does must be right if it was done before. Rejects with
 * `neo4j-unreachable` after that.
 */
export class Neo4j {
  readonly #driver: Driver;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  async read<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return (await this.readAt(work)).value;
  }

  /**
   * The same, with a mark of what was committed when the transaction ended. What is read after a mark has everything that
   * the mark stands for, so an equal mark at its end says that it holds at that mark: nobody has written in between.
   *
   * @param after an earlier mark.
   */
  readAt<T>(work: (run: Run) => Promise<T>, after: Mark = []): Promise<ReadAt<T>> {
    return this.#session(async (session) => {
      const value = await session.executeRead((transaction) => work(runIn(transaction)), {
        timeout: READ_MS,
      });
      return { value, mark: session.lastBookmarks() };
    }, after);
  }

  write<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.#session((session) =>
      session.executeWrite((transaction) => work(runIn(transaction)), { timeout: WRITE_MS }),
    );
  }

  /** One statement in a read transaction of its own, which takes fewer round trips than `read`. */
  async rows<R>(cypher: string, parameters: Parameters = {}): Promise<R[]> {
    try {
      const { records } = await this.#driver.executeQuery(cypher, asValue(parameters), ONE_READ);
      return records.map((record) => record.toObject() as R);
    } catch (error) {
      throw asWaymarkError(error);
    }
  }

  /** Rejects with `neo4j-unreachable` if it does not answer. */
  async ping(): Promise<void> {
    await this.rows('RETURN 1 AS one');
  }

  /** Tells this database from all others, wherever it is; made with the first question. */
  async id(): Promise<string> {
    const [row] = await this.write((run) =>
      run<{ id: string }>(
        `MERGE (s:STORE {name: 'waymark'}) ON CREATE SET s.id = randomUUID() RETURN s.id AS id`,
      ),
    );
    return row?.id ?? '';
  }

  close(): Promise<void> {
    return this.#driver.close();
  }

  async #session<T>(
    use: (session: ReturnType<Driver['session']>) => Promise<T>,
    after: Mark = [],
  ): Promise<T> {
    const session = this.#driver.session({ bookmarks: [...after] });
    try {
      return await use(session);
    } catch (error) {
      throw asWaymarkError(error);
    } finally {
      await session.close().catch(() => {});
    }
  }
}

function runIn(transaction: ManagedTransaction): Run {
  return async <R>(cypher: string, parameters: Parameters = {}) => {
    const { records } = await transaction.run(cypher, asValue(parameters) as Parameters);
    return records.map((record) => record.toObject() as R);
  };
}

/** All our numbers are whole; to the driver a number is a float unless it is told otherwise. */
function asValue(value: unknown): unknown {
  if (typeof value === 'number') return int(value);
  if (Array.isArray(value)) return value.map(asValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asValue(inner)]));
}
