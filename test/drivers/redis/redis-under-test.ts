import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { messageOf } from '../../../src/core/errors.ts';
import { redisProgram } from '../../support/redis-program.ts';
import { RedisServer } from '../../support/redis-server.ts';

/** The Redis of one test file: the one that REDIS_URL names, or one that is started for it. */
export interface RedisUnderTest {
  readonly url: string;
}

/** A client and a namespace of its own for one test; what is in the namespace goes away with it. */
export class RedisSpace implements AsyncDisposable {
  readonly namespace = `t-${randomUUID()}`;
  readonly #url: string;
  #client: Redis;

  constructor({ url }: RedisUnderTest) {
    this.#url = url;
    this.#client = new Redis(url, { maxRetriesPerRequest: null });
  }

  get client(): Redis {
    return this.#client;
  }

  /** Connects anew, as another process would. */
  async reopen(): Promise<void> {
    await this.#client.quit();
    this.#client = new Redis(this.#url, { maxRetriesPerRequest: null });
  }

  async keys(): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const some of this.#client.scanStream({ match: `${this.namespace}:*`, count: 1000 })) {
      keys.push(...(some as string[]));
    }
    return keys;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const key of await this.keys()) await this.#client.unlink(key);
    await this.#client.quit();
  }
}

/**
 * Runs tests that need a Redis. Where there is none and none can be installed they are skipped and the reason is
 * printed; with CI=true that is an error.
 */
export async function withRedis(name: string, tests: (redis: RedisUnderTest) => void): Promise<void> {
  const url = process.env['REDIS_URL'];
  if (url !== undefined && url !== '') tests({ url });
  else await withOwnRedis(name, () => tests(startForFile()));
}

/** The same for tests that must start and stop a Redis of their own. */
export async function withOwnRedis(name: string, tests: () => void): Promise<void> {
  const reason = await redisProgram().then(
    () => null,
    (error: unknown) => messageOf(error),
  );
  if (reason === null) {
    tests();
    return;
  }
  if (process.env['CI'] === 'true') throw new Error(`${name}: ${reason}`);
  process.stderr.write(`skipped ${name}: ${reason}\n`);
  describe.skip(`${name} (${reason})`, () => {
    it('needs a Redis', () => {});
  });
}

/** One server for all tests of a file. */
function startForFile(): RedisUnderTest {
  let server: RedisServer | null = null;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());
  return {
    get url() {
      if (server === null) throw new Error('the Redis was not started yet');
      return server.url;
    },
  };
}
