import type { RedisClient } from './client.ts';
import { Script } from './script.ts';

const script = new Script('reasons');

/** Final states of a crawl's URLs counted by reason; empty for a crawl that is not known. */
export async function readReasons(
  client: RedisClient,
  key: string,
): Promise<Readonly<Record<string, number>>> {
  const answer = (await script.run(client, key)) as readonly (string | number)[];
  const reasons: Record<string, number> = {};
  for (let i = 0; i < answer.length; i += 2) reasons[String(answer[i])] = Number(answer[i + 1]);
  return reasons;
}
