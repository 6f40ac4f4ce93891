import {
  type Driver,
  int,
  isRetryableError,
  type ManagedTransaction,
  Neo4jError,
  type Result,
  type Session,
} from 'neo4j-driver';
import { type ErrorCode, messageOf, WaymarkError } from '../../core/errors.ts';

/** Milliseconds after which the server ends a query: a read for a caller of the API, and a write of a batch of pages. */
const READ = { timeout: 10_000 } as const;
const WRITE = { timeout: 120_000 } as const;

/** Bookmarks of the driver: they stand for everything that was committed up to some time. */
export type Mark = readonly string[];

/** Runs a statement in a transaction; `R` is what its RETURN names `row`, else a record of all that it returns. */
export type Run = <R = never>(cypher: string, parameters?: object) => Promise<R[]>;

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

  /**
   * Runs statements that read. Each is a transaction of its own, which takes one round trip. One around all of them would
   * take two more and isolate no better: Neo4j isolates statements, not transactions (read committed). Where the driver
   * would retry, the work runs again in a transaction that the driver retries.
   *
   * @param work its `mark` returns what was committed when the last statement ended. What is read after a mark has
   * everything that the mark stands for: between two equal marks nobody has written. Empty in a transaction.
   */
  read<T>(work: (run: Run, mark: () => Mark) => Promise<T>): Promise<T> {
    return this.#session(async (session) => {
      try {
        return await work(readIn(session), () => session.lastBookmarks());
      } catch (error) {
        if (!isRetryableError(error)) throw error;
        return session.executeRead((transaction) => work(runIn(transaction), () => []), READ);
      }
    });
  }

  write<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.#session((session) => session.executeWrite((transaction) => work(runIn(transaction)), WRITE));
  }

  /** Reads by one statement. */
  rows<R>(cypher: string, parameters: object = {}): Promise<R[]> {
    return this.read((run) => run<R>(cypher, parameters));
  }

  /** Rejects with `neo4j-unreachable` if it does not respond. */
  async ping(): Promise<void> {
    await this.rows('RETURN 1 AS one');
  }

  /** Distinguishes this database from all others, wherever it is; made with the first query. */
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

  async #session<T>(use: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#driver.session({ defaultAccessMode: 'READ' });
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
  return runWith((cypher, parameters) => transaction.run(cypher, parameters));
}

/** Reads that are transactions of their own. */
function readIn(session: Session): Run {
  return runWith((cypher, parameters) => session.run(cypher, parameters, READ));
}

function runWith(statement: (cypher: string, parameters: object) => Result): Run {
  return async <R>(cypher: string, parameters: object = {}) => {
    const { records } = await statement(cypher, asValue(parameters) as object);
    return records.map((record): R => (record.has('row') ? record.get('row') : record.toObject()));
  };
}

/** All numbers of the map are integers; the driver sends a number as a float unless it is marked. */
function asValue(value: unknown): unknown {
  if (typeof value === 'number') return int(value);
  if (Array.isArray(value)) return value.map(asValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asValue(inner)]));
}

/** First words of the codes of a Neo4j and its driver, and what they mean for us. */
const CODES: readonly (readonly [start: string, code: ErrorCode])[] = [
  ['Neo.ClientError.Security.', 'neo4j-auth'],
  ['Neo.TransientError.', 'neo4j-unreachable'],
  ['Neo.ClientError.Database.DatabaseNotFound', 'neo4j-unreachable'],
  ['Neo.ClientError.Cluster.', 'neo4j-unreachable'],
  ['ServiceUnavailable', 'neo4j-unreachable'],
  ['SessionExpired', 'neo4j-unreachable'],
];

/** What a failed call of the driver means. No message of the driver or the server holds the password. */
export function asWaymarkError(error: unknown): WaymarkError {
  if (error instanceof WaymarkError) return error;
  return new WaymarkError(codeOf(error), messageOf(error), { cause: error });
}

function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof Neo4jError)) return 'storage-failed';
  return CODES.find(([start]) => error.code.startsWith(start))?.[1] ?? 'storage-failed';
}
