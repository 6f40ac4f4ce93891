import type { RedisCommander, RedisValue } from 'ioredis';

export type { RedisValue };

/** What the drivers call: a connection to one Redis, or to a cluster of them. */
export type RedisClient = RedisCommander;

/** The same, where a second connection is needed for messages. */
export interface RedisConnection extends RedisClient {
  duplicate(): RedisConnection;
  disconnect(): void;
  on(event: 'message', listener: (channel: string, message: string) => void): unknown;
  on(event: 'ready', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}
