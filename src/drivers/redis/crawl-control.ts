import type { RedisClient } from './client.ts';
import { crawlKey, DEFAULT_NAMESPACE } from './keys.ts';
import { asWaymarkError } from './redis-error.ts';

export type CrawlControl = 'running' | 'paused' | 'cancelled';

/** Says whether pages may be claimed from a crawl's frontier, which need not exist yet; read in the claim itself. */
export async function setCrawlControl(
  client: RedisClient,
  crawlId: string,
  control: CrawlControl,
  namespace = DEFAULT_NAMESPACE,
): Promise<void> {
  try {
    await client.hset(crawlKey(namespace, crawlId), 'control', control);
  } catch (error) {
    throw asWaymarkError(error);
  }
}
