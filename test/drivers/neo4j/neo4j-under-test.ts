import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { messageOf } from '../../../src/core/errors.ts';
import type { Neo4j } from '../../../src/drivers/neo4j/neo4j.ts';
import { type Neo4jAddress, openNeo4j } from '../../../src/drivers/neo4j/open-neo4j.ts';
import { Neo4jServer, neo4jPrograms } from '../../support/neo4j-server.ts';

/** Time for a test: a cold Neo4j compiles each statement when it first meets it. */
const COLD_MS = 120_000;
/** A mark that a database is for tests: one with somebody's data is never wiped. */
const MARK = 'WAYMARK_TESTS';
const IS_OURS = `OPTIONAL MATCH (n) WITH n LIMIT 1 RETURN n IS NULL OR EXISTS { (:${MARK}) } AS ours`;
const WIPE = `MATCH (n) WHERE NOT n:${MARK} WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS gone`;

/** The Neo4j of one test file: the one that NEO4J_URL names, which must be empty at first, or one that is started for it. */
export interface Neo4jUnderTest {
  readonly address: Neo4jAddress;
  readonly neo4j: Neo4j;
}

/**
 * Runs tests that need a Neo4j. Where there is none and none can be had they are skipped and the reason is printed; with
 * CI=true that is an error.
 */
export async function withNeo4j(name: string, tests: (under: Neo4jUnderTest) => void): Promise<void> {
  vi.setConfig({ testTimeout: COLD_MS });
  const url = process.env['NEO4J_URL'] ?? '';
  if (url === '') return withOwnNeo4j(name, () => tests(forFile(() => Neo4jServer.start())));
  const username = process.env['NEO4J_USERNAME'] ?? 'neo4j';
  const password = process.env['NEO4J_PASSWORD'] ?? '';
  const given = { url, username, password, [Symbol.asyncDispose]: async () => {} };
  tests(forFile(() => Promise.resolve(given)));
}

/** The same for tests that must start and stop a Neo4j of their own. */
export async function withOwnNeo4j(name: string, tests: () => void): Promise<void> {
  const reason = await neo4jPrograms().then(
    () => null,
    (error: unknown) => messageOf(error),
  );
  if (reason === null) return tests();
  if (process.env['CI'] === 'true') throw new Error(`${name}: ${reason}`);
  process.stderr.write(`skipped ${name}: ${reason}\n`);
  describe.skip(`${name} (${reason})`, () => {
    it('needs a Neo4j', () => {});
  });
}

/** Takes everything out of a database for tests, part by part. */
export async function wipe(neo4j: Neo4j): Promise<void> {
  for (let gone = 1; gone > 0; ) {
    const [row] = await neo4j.write((run) => run<{ gone: number }>(WIPE));
    gone = row?.gone ?? 0;
  }
}

/** One server and one connection for all tests of a file. */
function forFile(start: () => Promise<Neo4jAddress & AsyncDisposable>): Neo4jUnderTest {
  let opened: { readonly server: Neo4jAddress & AsyncDisposable; readonly neo4j: Neo4j } | null = null;
  const get = () => {
    if (opened === null) throw new Error('the Neo4j was not started yet');
    return opened;
  };
  beforeAll(async () => {
    const server = await start();
    opened = { server, neo4j: await openNeo4j(server) };
    await claim(opened.neo4j);
  }, COLD_MS);
  afterAll(async () => {
    await opened?.neo4j.close();
    await opened?.server[Symbol.asyncDispose]();
  }, COLD_MS);
  return {
    get address() {
      return get().server;
    },
    get neo4j() {
      return get().neo4j;
    },
  };
}

async function claim(neo4j: Neo4j): Promise<void> {
  const [row] = await neo4j.rows<{ ours: boolean }>(IS_OURS);
  if (row?.ours !== true)
    throw new Error('NEO4J_URL names a database that is not empty; these tests wipe theirs');
  await neo4j.write((run) => run(`MERGE (:${MARK})`));
}
