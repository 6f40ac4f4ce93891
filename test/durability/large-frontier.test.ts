import { describe, expect, it } from 'vitest';
import { withOwnRedis } from '../drivers/redis/redis-under-test.ts';
import { firstClaim } from '../support/frontiers/claim-elsewhere.ts';
import { fill, openCrawl } from '../support/frontiers/frontier-load.ts';
import { type MeasuredStore, STORES } from '../support/frontiers/frontier-stores.ts';

const SMALL = 100;
const LARGE = 100_000;
const FIRST_CLAIM_MS = 10_000;
const MEGABYTE = 1024 * 1024;
/** Maximum growth of resident memory in MB for a tenth of a million URLs; P5 allows 200 for a million. */
const GROWTH_MB = 40;
const BYTES_PER_URL = 300;

await withOwnRedis('large frontiers', () => {
  describe.each(Object.entries(STORES))('a large frontier: %s', (_, make) => {
    it('P5, P6: is taken up at once by a process that stays small, and takes little room', async () => {
      await using small = await filled(make, SMALL);
      await using large = await filled(make, LARGE);
      const [ofSmall, ofLarge] = [await firstClaim(small.address), await firstClaim(large.address)];
      expect(ofLarge.ms).toBeLessThan(FIRST_CLAIM_MS);
      expect((ofLarge.bytes - ofSmall.bytes) / MEGABYTE).toBeLessThan(GROWTH_MB);
      expect(((await large.bytes()) - (await small.bytes())) / LARGE).toBeLessThan(BYTES_PER_URL);
    }, 60_000);
  });
});

async function filled(make: () => Promise<MeasuredStore>, urls: number): Promise<MeasuredStore> {
  const store = await make();
  await fill(await openCrawl(store.store), urls);
  return store;
}
