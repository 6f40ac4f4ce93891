import { describe, expect, it } from 'vitest';
import { withOwnRedis } from '../drivers/redis/redis-under-test.ts';
import { OldRedis } from '../support/old-redis.ts';
import { RedisServer } from '../support/redis-server.ts';
import { slowSite } from '../support/slow-site.ts';
import { tempDir } from '../support/temp-dir.ts';
import { WaymarkCommand } from '../support/waymark-command.ts';
import { within } from '../support/within.ts';

const MINUTE = 60_000;
const PASSWORD = 'open-sesame';

/** How the command ends with this Redis; it must end by itself. */
async function endWith(command: string, redisUrl: string) {
  await using folder = await tempDir();
  const settings = { REDIS_URL: redisUrl, STORAGE_DIR: folder.path, PORT: '0' };
  await using started = new WaymarkCommand([command], settings);
  return await within(`${command} ends`, started.ended, MINUTE);
}

describe('a URL that is none of a Redis', { timeout: MINUTE }, () => {
  it('ends the command with 2 and is not shown', async () => {
    const { code, stderr } = await endWith('worker', `redis:${PASSWORD}`);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^waymark: bad-setting: REDIS_URL: must be a URL like /m);
    expect(stderr).not.toContain(PASSWORD);
  });
});

await withOwnRedis('a Redis that cannot be used', () => {
  describe('a Redis that cannot be used', { timeout: 2 * MINUTE }, () => {
    it('is reported if nothing listens', async () => {
      const server = await RedisServer.start();
      await server[Symbol.asyncDispose]();
      const { code, stderr } = await endWith('worker', `redis://:${PASSWORD}@127.0.0.1:${server.port}`);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        new RegExp(`^waymark: redis-unreachable: redis://127.0.0.1:${server.port}: `, 'm'),
      );
      expect(stderr).not.toContain(PASSWORD);
    });

    it('is reported if the password is wrong, without the password', async () => {
      await using server = await RedisServer.start({ requirepass: PASSWORD });
      const { code, stderr } = await endWith('serve', `redis://:wrong-secret@127.0.0.1:${server.port}`);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^waymark: redis-auth: /m);
      expect(stderr).not.toContain('wrong-secret');
    });

    it('is reported if its version is too old', async () => {
      await using server = await RedisServer.start();
      await using aged = await OldRedis.start(server.port);
      const { code, stderr } = await endWith('worker', aged.url);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^waymark: redis-too-old: .*Redis 6\.\S+ is too old: 7\.0 is needed/m);
    });

    it('P6: refuses a Redis that may evict keys, or warns if the setting says so', async () => {
      await using server = await RedisServer.start({ 'maxmemory-policy': 'allkeys-lru' });
      const { code, stderr } = await endWith('worker', server.url);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^waymark: redis-evicts: .*allkeys-lru/m);
      await using folder = await tempDir();
      const settings = { REDIS_URL: server.url, STORAGE_DIR: folder.path, REDIS_EVICTION: 'warn' };
      await using worker = new WaymarkCommand(['worker'], settings);
      await worker.waitForLines(/allkeys-lru/);
      await worker.waitForLines(/^worker ready/);
    });

    it('is of no matter to a crawl of the command line, which needs none', async () => {
      await using site = await slowSite(3, 0);
      await using folder = await tempDir();
      await using crawl = new WaymarkCommand(
        ['crawl', site.url('/'), '--render', 'http', '--json', '--storage-dir', folder.path],
        { REDIS_URL: 'redis://127.0.0.1:1', SERVE_WORKERS: '0' },
      );
      const { code, stdout } = await within('the crawl ends', crawl.ended, MINUTE);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', pages_crawled: 3 });
    });
  });
});
