import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { RedisFrontierStore } from '../../src/drivers/redis/frontier.ts';
import { Database } from '../../src/drivers/sqlite/database.ts';
import { SqliteFrontierStore } from '../../src/drivers/sqlite/frontier.ts';
import { systemClock } from '../../src/drivers/system/clock.ts';
import type { FrontierStore } from '../../src/ports/frontier.ts';
import { RedisServer } from '../../test/support/redis-server.ts';
import { tempDir } from '../../test/support/temp-dir.ts';

/** A store of frontiers that is measured. */
export interface MeasuredStore extends AsyncDisposable {
  readonly store: FrontierStore;
  /** Closes the store and opens it again over the same data. */
  reopen(): Promise<void>;
  /** Bytes that the store holds: memory of the Redis, or size of the file. */
  bytes(): Promise<number>;
}

export const STORES: Readonly<Record<string, () => Promise<MeasuredStore>>> = {
  sqlite: openSqlite,
  redis: openRedis,
};

async function openSqlite(): Promise<MeasuredStore> {
  const folder = await tempDir();
  const path = join(folder.path, 'waymark.db');
  let database = await Database.open(path);
  return {
    get store() {
      return new SqliteFrontierStore(database, systemClock);
    },
    async reopen() {
      await database.close();
      database = await Database.open(path);
    },
    async bytes() {
      return (await stat(path)).size;
    },
    async [Symbol.asyncDispose]() {
      await database.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function openRedis(): Promise<MeasuredStore> {
  const server = await RedisServer.start();
  let client = new Redis(server.url);
  return {
    get store() {
      return new RedisFrontierStore(client, systemClock);
    },
    async reopen() {
      await client.quit();
      client = new Redis(server.url);
    },
    async bytes() {
      return Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
    },
    async [Symbol.asyncDispose]() {
      await client.quit();
      await server[Symbol.asyncDispose]();
    },
  };
}
