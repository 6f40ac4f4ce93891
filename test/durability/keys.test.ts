import { expect, it } from 'vitest';
import { withOwnRedis } from '../drivers/redis/redis-under-test.ts';
import { withDeployment } from '../support/deployment/with-deployment.ts';
import { slowSite } from '../support/slow-site.ts';
import { until } from '../support/until.ts';

const PAGES = 30;
const MINUTE = 60_000;

await withOwnRedis('keys of crawls', () => {
  it(
    'P6: a finished crawl leaves no key in Redis after its expiry, and its pages stay in the map',
    async () => {
      await using site = await slowSite(PAGES, 0);
      await withDeployment({ settings: { RESULT_EXPIRES: '3' } }, async ({ client, redisClient, api }) => {
        const keys = () => redisClient.keys('*');
        const whenGone = (label: string, isRemoved: (key: string) => boolean) =>
          until(label, async () => ((await keys()).every(isRemoved) ? true : null), MINUTE);
        const id = await client.crawl(site.url('/'));
        expect((await client.ended(id)).counts.done).toBe(PAGES);
        expect((await keys()).filter((key) => key.includes(id))).not.toEqual([]);
        await whenGone('the keys of the task are gone', (key) => !key.includes(id));
        const left = await keys();
        await client.ended(await client.crawl(site.url('/')));
        await whenGone('a second crawl leaves no other keys', (key) => left.includes(key));
        const found = await fetch(`${client.origin}/api/v1/page?url=${encodeURIComponent(site.url('/'))}`);
        expect(found.status).toBe(200);
        expect(api.isAlive).toBe(true);
      });
    },
    2 * MINUTE,
  );
});
