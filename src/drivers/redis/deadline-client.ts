import type { Redis, RedisOptions } from 'ioredis';

const LONGEST_PAUSE_MS = 500;

/**
 * A second client of the same Redis whose every command is answered or rejected within `withinMs` milliseconds, also
 * while Redis is away: for callers who would rather hear that than wait. A command that is rejected for lateness may
 * have been carried out. Whoever made the first client is told of broken connections there.
 */
export function deadlineClient(client: Redis, withinMs: number): Redis {
  const answering: Redis = client.duplicate<Partial<RedisOptions>>({
    maxRetriesPerRequest: 0,
    commandTimeout: withinMs,
    connectTimeout: withinMs,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, LONGEST_PAUSE_MS),
  });
  answering.on('error', () => {});
  return answering;
}
