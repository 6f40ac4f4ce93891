import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { RedisFrontierStore } from '../../../src/drivers/redis/frontier.ts';
import { Database } from '../../../src/drivers/sqlite/database.ts';
import { SqliteFrontierStore } from '../../../src/drivers/sqlite/frontier.ts';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import type { FrontierStore } from '../../../src/ports/frontier.ts';
import { RedisServer } from '../redis-server.ts';
import { tempDir } from '../temp-dir.ts';

/** An open store of frontiers. */
export interface OpenStore extends AsyncDisposable {
  readonly store: FrontierStore;
}

/** A store of frontiers with its own file or server. */
export interface MeasuredStore extends OpenStore {
  /** Address for other processes. */
  readonly address: string;
  /** Size of the store in bytes: memory of the Redis, or size of the file. */
  bytes(): Promise<number>;
}

/** Creates an empty store by driver name. */
export const STORES: Readonly<Record<string, () => Promise<MeasuredStore>>> = {
  SQLite: makeSqlite,
  Redis: makeRedis,
};

/** Opens a store of `STORES` by its address. */
export async function openStore(address: string): Promise<OpenStore> {
  return address.startsWith('redis:') ? openRedis(address) : openSqlite(address);
}

async function makeSqlite(): Promise<MeasuredStore> {
  const folder = await tempDir();
  const address = join(folder.path, 'waymark.sqlite');
  const opened = await openSqlite(address);
  return {
    store: opened.store,
    address,
    bytes: async () => (await stat(address)).size,
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function makeRedis(): Promise<MeasuredStore> {
  const server = await RedisServer.start();
  const opened = await openRedis(server.url);
  const { client } = opened;
  return {
    store: opened.store,
    address: server.url,
    bytes: async () => Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]),
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function openSqlite(path: string): Promise<OpenStore> {
  const database = await Database.open(path);
  return {
    store: new SqliteFrontierStore(database, systemClock),
    [Symbol.asyncDispose]: () => database.close(),
  };
}

async function openRedis(url: string): Promise<OpenStore & { readonly client: Redis }> {
  const client = new Redis(url);
  return {
    client,
    store: new RedisFrontierStore(client, systemClock),
    async [Symbol.asyncDispose]() {
      await client.quit();
    },
  };
}
