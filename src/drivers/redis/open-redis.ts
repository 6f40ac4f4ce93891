import { Redis, type RedisOptions } from 'ioredis';
import { WaymarkError } from '../../core/errors.ts';
import type { RedisClient } from './client.ts';
import { asWaymarkError } from './redis-error.ts';

/** How long a connection may take, in milliseconds. */
const CONNECT_MS = 10_000;
/** Longest pause before a broken connection is made again, in milliseconds; shorter for callers with a deadline. */
const MAX_PAUSE_MS = 2000;
const MAX_DEADLINE_PAUSE_MS = 500;
const OLDEST_MAJOR = 7;

export interface RedisOpening {
  /** Called with every broken connection and failed reconnection. */
  readonly onError: (error: WaymarkError) => void;
  /** What to do with a Redis that may evict keys: `refuse` it (default), or `warn`, which calls `onError`. */
  readonly eviction?: 'refuse' | 'warn';
}

/**
 * Connects to the Redis at this URL (`redis://` or `rediss://`) once it has passed `checkRedis`. The connection is made
 * again whenever it breaks, with pauses of at most 2 s, and commands wait for it as long as it takes. Rejects with
 * `bad-setting`, `redis-unreachable`, `redis-auth`, `redis-too-old` or `redis-evicts`; no message contains the password.
 */
export async function openRedis(url: string, opening: RedisOpening): Promise<Redis> {
  const address = addressOf(url);
  await probe(url, address, opening);
  const client = new Redis(url, {
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_MS,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, MAX_PAUSE_MS),
  });
  client.on('error', (error) => opening.onError(withAddress(error, address)));
  return client;
}

/** Connects once, without a retry, so that an error shows at once. */
async function probe(url: string, address: string, opening: RedisOpening): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_MS,
    retryStrategy: () => null,
  });
  let cause: unknown;
  client.on('error', (error) => {
    cause ??= error;
  });
  try {
    await client.connect();
    await checkRedis(client);
  } catch (error) {
    const refusal = withAddress(cause ?? error, address);
    if (refusal.code !== 'redis-evicts' || opening.eviction !== 'warn') throw refusal;
    opening.onError(refusal);
  } finally {
    client.disconnect();
  }
}

function withAddress(error: unknown, address: string): WaymarkError {
  const { code, message } = asWaymarkError(error);
  return new WaymarkError(code, `${address}: ${message}`);
}

/** Scheme, host and port: the parts of a URL with a password that messages may show. */
function addressOf(url: string): string {
  const { protocol, host } = URL.canParse(url) ? new URL(url) : { protocol: '', host: '' };
  if ((protocol !== 'redis:' && protocol !== 'rediss:') || host === '') {
    throw new WaymarkError('bad-setting', 'The URL of Redis must look like redis://:password@host:6379.');
  }
  return `${protocol}//${host}`;
}

/**
 * Refuses a Redis that we cannot rely on. Rejects with the code `redis-too-old` (before 7.0), `redis-evicts` (its
 * `maxmemory-policy` is not `noeviction`, so it may throw away parts of a crawl), `redis-auth` or `redis-unreachable`.
 */
export async function checkRedis(client: Pick<RedisClient, 'info'>): Promise<void> {
  const info = await readInfo(client);
  const version = field(info, 'redis_version');
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
    throw new WaymarkError('redis-too-old', `Redis ${version} is too old: ${OLDEST_MAJOR}.0 is needed.`);
  }
  const policy = field(info, 'maxmemory_policy');
  if (policy !== 'noeviction') {
    throw new WaymarkError('redis-evicts', `The maxmemory-policy of Redis is ${policy}, not noeviction.`);
  }
}

/** INFO instead of CONFIG GET, which managed services refuse. */
async function readInfo(client: Pick<RedisClient, 'info'>): Promise<string> {
  try {
    return await client.info();
  } catch (error) {
    throw asWaymarkError(error);
  }
}

function field(info: string, name: string): string {
  return new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? '';
}

/**
 * A second client of the same Redis whose every command resolves or rejects within `withinMs` milliseconds, also
 * while Redis is unavailable, for callers who must not wait. A command that is rejected for lateness may
 * have been carried out. The first client reports broken connections.
 */
export function deadlineClient(client: Redis, withinMs: number): Redis {
  const answering: Redis = client.duplicate<Partial<RedisOptions>>({
    maxRetriesPerRequest: 0,
    commandTimeout: withinMs,
    connectTimeout: withinMs,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, MAX_DEADLINE_PAUSE_MS),
  });
  answering.on('error', () => {});
  return answering;
}
