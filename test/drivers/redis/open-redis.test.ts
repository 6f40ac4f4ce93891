import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { WaymarkError } from '../../../src/core/errors.ts';
import { checkRedis, openRedis } from '../../../src/drivers/redis/open-redis.ts';
import { RedisServer } from '../../support/redis-server.ts';
import { withOwnRedis } from './redis-under-test.ts';

const PASSWORD = 'open-sesame';

async function refusal(url: string): Promise<WaymarkError> {
  const opening = openRedis(url, { onError: () => {} });
  return opening.then(
    (client) => {
      client.disconnect();
      throw new Error('it should be refused');
    },
    (error: WaymarkError) => error,
  );
}

await withOwnRedis('openRedis', () => {
  describe('openRedis', () => {
    it('connects to a Redis that can be relied on', async () => {
      await using server = await RedisServer.start({ requirepass: PASSWORD });
      const url = `redis://:${PASSWORD}@127.0.0.1:${server.port}`;
      const client = await openRedis(url, { onError: () => {} });
      expect(await client.ping()).toBe('PONG');
      await client.quit();
    });

    it('P6: refuses a Redis that may evict keys', async () => {
      await using server = await RedisServer.start({ 'maxmemory-policy': 'allkeys-lru' });
      const error = await refusal(server.url);
      expect(error).toMatchObject({
        code: 'redis-evicts',
        message: expect.stringContaining('allkeys-lru'),
      });
    });

    it('reports that name or password are wrong, without showing them', async () => {
      await using server = await RedisServer.start({ requirepass: PASSWORD });
      const address = `127.0.0.1:${server.port}`;
      for (const login of ['', ':wrong-secret@', 'nobody:wrong-secret@']) {
        const error = await refusal(`redis://${login}${address}`);
        expect(error).toMatchObject({ code: 'redis-auth', message: expect.stringContaining(address) });
        expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/wrong-secret|nobody/);
      }
    });

    it('reports that nothing responds, without the password', async () => {
      const server = await RedisServer.start();
      await server[Symbol.asyncDispose]();
      const error = await refusal(`redis://:wrong-secret@127.0.0.1:${server.port}`);
      expect(error).toMatchObject({ code: 'redis-unreachable' });
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain('wrong-secret');
    });

    it.each(['', 'localhost:6379', 'http://:wrong-secret@localhost', 'redis://'])(
      'refuses %j, which is no URL of a Redis',
      async (url) => {
        const error = await refusal(url);
        expect(error).toMatchObject({ code: 'bad-setting' });
        expect(error.message).not.toContain('wrong-secret');
      },
    );
  });
});

describe('checkRedis', () => {
  const answering = (version: string) => ({
    info: async () => `# Server\r\nredis_version:${version}\r\n# Memory\r\nmaxmemory_policy:noeviction\r\n`,
  });

  it.each(['6.2.14', '5.0.7'])('refuses version %s', async (version) => {
    await expect(checkRedis(answering(version))).rejects.toMatchObject({
      code: 'redis-too-old',
      message: expect.stringContaining(version),
    });
  });

  it.each(['7.0.15', '8.2.0', '10.0.0'])('takes version %s', async (version) => {
    await checkRedis(answering(version));
  });
});
