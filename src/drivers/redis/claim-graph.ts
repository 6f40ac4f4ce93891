import { WaymarkError } from '../../core/errors.ts';
import type { RedisClient } from './client.ts';
import { DEFAULT_NAMESPACE, graphKey } from './keys.ts';
import { asWaymarkError } from './redis-error.ts';

/** A graph outside of Redis: what identifies it, and where it is, for a person. */
export interface GraphIdentity {
  /** Without spaces. */
  readonly id: string;
  readonly place: string;
}

/**
 * Ties the crawls in this Redis to the graph that their pages are stored in; the first process to come decides. Rejects
 * with `graph-not-shared` if that is another graph: pages would be lost between the two.
 */
export async function claimGraph(
  client: RedisClient,
  graph: GraphIdentity,
  namespace = DEFAULT_NAMESPACE,
): Promise<void> {
  const key = graphKey(namespace);
  const tied = await tie(client, key, `${graph.id} ${graph.place}`);
  const [id, ...place] = tied.split(' ');
  if (id === graph.id) return;
  throw new WaymarkError(
    'graph-not-shared',
    `The crawls in Redis keep their pages in ${place.join(' ')}, but this process would use ${graph.place}. ` +
      `Where that graph is gone for good, remove the key ${key} from Redis.`,
  );
}

/** Returns what is stored afterwards. */
async function tie(client: RedisClient, key: string, value: string): Promise<string> {
  try {
    await client.set(key, value, 'NX');
    return (await client.get(key)) ?? value;
  } catch (error) {
    throw asWaymarkError(error);
  }
}
