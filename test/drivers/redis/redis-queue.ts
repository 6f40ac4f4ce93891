import type { Cluster, Redis } from 'ioredis';
import { RedisEventLog } from '../../../src/drivers/redis/event-log.ts';
import { RedisFrontierStore } from '../../../src/drivers/redis/frontier.ts';
import { RedisHostGate } from '../../../src/drivers/redis/host-gate.ts';
import { DEFAULT_NAMESPACE } from '../../../src/drivers/redis/keys.ts';
import type { RedisTaskQueueOptions } from '../../../src/drivers/redis/task-options.ts';
import { RedisTaskQueue } from '../../../src/drivers/redis/task-queue.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { silentLogger } from '../../support/silent-logger.ts';

/** A queue and the stores that it must agree with, over one connection. */
export function openQueue(client: Redis | Cluster, clock: Clock, options: RedisTaskQueueOptions) {
  const { namespace = DEFAULT_NAMESPACE } = options;
  const events = new RedisEventLog(client, clock, namespace);
  const frontiers = new RedisFrontierStore(client, clock, namespace);
  const gate = new RedisHostGate(client, clock, namespace);
  const queue = new RedisTaskQueue(client, { events, frontiers, gate, clock, log: silentLogger }, options);
  return {
    queue,
    events,
    frontiers,
    gate,
    async [Symbol.asyncDispose]() {
      await queue[Symbol.asyncDispose]();
      await events[Symbol.asyncDispose]();
    },
  };
}
