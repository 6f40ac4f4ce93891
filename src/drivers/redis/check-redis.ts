import { WaymarkError } from '../../core/errors.ts';
import type { RedisClient } from './client.ts';
import { asWaymarkError } from './redis-error.ts';

const OLDEST_MAJOR = 7;

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
