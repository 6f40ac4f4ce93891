import { Redis } from 'ioredis';
import { WaymarkError } from '../../core/errors.ts';
import { checkRedis } from './check-redis.ts';
import { asWaymarkError } from './redis-error.ts';

const FIRST_ANSWER_MS = 10_000;
const LONGEST_PAUSE_MS = 2000;

export interface RedisOpening {
  /** Told of every broken connection and failed reconnection. */
  readonly onError: (error: WaymarkError) => void;
  /** What to do with a Redis that may throw keys away: `refuse` it (default), or `warn`, which tells `onError`. */
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
    connectTimeout: FIRST_ANSWER_MS,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, LONGEST_PAUSE_MS),
  });
  client.on('error', (error) => opening.onError(withAddress(error, address)));
  return client;
}

/** Connects once, without a second try, so that what is wrong is told at once. */
async function probe(url: string, address: string, opening: RedisOpening): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    connectTimeout: FIRST_ANSWER_MS,
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

/** Scheme, host and port: what may be told of a URL that holds a password. */
function addressOf(url: string): string {
  const { protocol, host } = URL.canParse(url) ? new URL(url) : { protocol: '', host: '' };
  if ((protocol !== 'redis:' && protocol !== 'rediss:') || host === '') {
    throw new WaymarkError('bad-setting', 'The URL of Redis must look like redis://:password@host:6379.');
  }
  return `${protocol}//${host}`;
}
