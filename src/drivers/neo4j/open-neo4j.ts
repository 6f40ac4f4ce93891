import neo4j, { type Driver } from 'neo4j-driver';
import { WaymarkError } from '../../core/errors.ts';
import { asWaymarkError, Neo4j } from './neo4j.ts';
import { createSchema } from './schema.ts';

const OLDEST_MAJOR = 5;
const CONNECT_MS = 5000;
/** How long the driver itself tries a transaction again. Callers that cannot do without the result retry after that. */
const RETRY_MS = 5000;
/** Transactions at once: a few crawls that write, and callers of the API. */
const CONNECTIONS = 20;
const SCHEMES = new Set(['bolt:', 'bolt+s:', 'bolt+ssc:', 'neo4j:', 'neo4j+s:', 'neo4j+ssc:']);

export interface Neo4jAddress {
  /** `bolt://`, `neo4j://`, each also with `+s` (TLS) and `+ssc` (TLS, any certificate). */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/**
 * Connects to a Neo4j of version 5 or later and makes constraints and indexes that are missing. Rejects with
 * `bad-setting`, `neo4j-unreachable`, `neo4j-auth` or `neo4j-too-old`; no message contains the password.
 */
export async function openNeo4j({ url, username, password }: Neo4jAddress): Promise<Neo4j> {
  const address = addressOf(url);
  const driver = neo4j.driver(url, neo4j.auth.basic(username, password), {
    disableLosslessIntegers: true,
    connectionTimeout: CONNECT_MS,
    connectionAcquisitionTimeout: CONNECT_MS * 2,
    maxConnectionPoolSize: CONNECTIONS,
    maxTransactionRetryTime: RETRY_MS,
    telemetryDisabled: true,
    notificationFilter: { minimumSeverityLevel: 'OFF' },
  });
  try {
    await check(driver);
    const store = new Neo4j(driver);
    await createSchema(store);
    return store;
  } catch (error) {
    await driver.close();
    const { code, message } = asWaymarkError(error);
    throw new WaymarkError(code, `${address}: ${message}`);
  }
}

async function check(driver: Driver): Promise<void> {
  const { agent = '' } = await driver.getServerInfo();
  const major = serverMajor(agent);
  if (major === null || major >= OLDEST_MAJOR) return;
  throw new WaymarkError('neo4j-too-old', `${agent} is too old: version ${OLDEST_MAJOR} is needed.`);
}

/** Scheme, host and port: a URL may hold a password by mistake. */
function addressOf(url: string): string {
  const { protocol, host } = URL.canParse(url) ? new URL(url) : { protocol: '', host: '' };
  if (!SCHEMES.has(protocol) || host === '') {
    throw new WaymarkError('bad-setting', 'NEO4J_URL must look like bolt://host:7687 or neo4j://host:7687.');
  }
  return `${protocol}//${host}`;
}

/** The major version in a server's name for itself (`Neo4j/5.26.0`, `Neo4j/2025.01.0`); null if it is of another kind. */
export function serverMajor(agent: string): number | null {
  const major = /^Neo4j\/(\d{1,6})\./.exec(agent)?.[1];
  return major === undefined ? null : Number(major);
}
