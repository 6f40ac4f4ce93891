import { describe, expect, it } from 'vitest';
import { claimGraph } from '../../../src/drivers/redis/claim-graph.ts';
import { RedisSpace, withRedis } from './redis-under-test.ts';

await withRedis('claimGraph', (redis) => {
  describe('claimGraph', () => {
    it('ties the crawls to the graph of whoever comes first', async () => {
      await using space = new RedisSpace(redis);
      const claim = (id: string, place: string) => claimGraph(space.client, { id, place }, space.namespace);
      await claim('one', '/srv/a b/waymark.sqlite on host');
      await claim('one', 'the same file by another path');
      await expect(claim('other', '/tmp/other.sqlite')).rejects.toMatchObject({
        code: 'graph-not-shared',
        message: expect.stringMatching(/\/srv\/a b\/waymark\.sqlite on host.*\/tmp\/other\.sqlite/),
      });
    });

    it('lets one of many win that come at once', async () => {
      await using space = new RedisSpace(redis);
      const claims = Array.from({ length: 10 }, (_, n) =>
        claimGraph(space.client, { id: `graph-${n}`, place: 'here' }, space.namespace),
      );
      const settled = await Promise.allSettled(claims);
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });
});
