import { messageOf } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import { claimGraph } from '../drivers/redis/claim-graph.ts';
import { RedisEventLog } from '../drivers/redis/event-log.ts';
import { RedisFrontierStore } from '../drivers/redis/frontier.ts';
import { RedisHostGate } from '../drivers/redis/host-gate.ts';
import { deadlineClient, openRedis } from '../drivers/redis/open-redis.ts';
import { RedisClock } from '../drivers/redis/redis-clock.ts';
import { RedisTaskQueue } from '../drivers/redis/task-queue.ts';
import { RedisWebhookOutbox } from '../drivers/redis/webhook-outbox.ts';
import { systemClock } from '../drivers/system/clock.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { TaskDesk, TaskPart } from './store-parts.ts';

/** Maximum time that a call from the API waits for Redis, in milliseconds. */
const API_TIMEOUT_MS = 1500;

/**
 * Opens the tasks in Redis, which all its processes share. Crawls use a connection whose calls wait during an outage; the
 * API uses one whose calls reject. Rejects like `openRedis`.
 */
export async function redisTasks(url: string, settings: Settings, log: Logger): Promise<TaskPart> {
  const outages = new OutageLog('Redis', log);
  const client = await openRedis(url, {
    eviction: settings.redisEviction,
    onError: (error) => outages.failed(error),
  });
  client.on('ready', () => outages.recovered());
  const deadlined = deadlineClient(client, API_TIMEOUT_MS);
  const clock = await RedisClock.start(client, systemClock);
  const [waiting, rejecting] = [
    taskSet(client, clock, settings, log),
    taskSet(deadlined, clock, settings, log),
  ];
  return {
    ...waiting,
    clock,
    desk: deskOf(rejecting, waiting),
    dispatchQueues: rejecting.tasks.dispatchQueues,
    name: 'redis',
    ping: async () => void (await deadlined.ping()),
    tieTo: (graph) => claimGraph(client, graph, settings.redisNamespace),
    close: async () => {
      await Promise.all([waiting, rejecting].map(closeSet));
      clock[Symbol.dispose]();
      deadlined.disconnect();
      client.disconnect();
    },
  };
}

type Client = Awaited<ReturnType<typeof openRedis>>;

interface TaskSet {
  readonly tasks: RedisTaskQueue;
  readonly events: RedisEventLog;
  readonly frontiers: RedisFrontierStore;
  readonly gate: RedisHostGate;
  readonly webhooks: RedisWebhookOutbox;
}

function taskSet(client: Client, clock: Clock, settings: Settings, log: Logger): TaskSet {
  const { redisNamespace: namespace, maxWaitingTasks: maxWaiting, taskRetries: retries } = settings;
  const stores = {
    events: new RedisEventLog(client, clock, namespace),
    frontiers: new RedisFrontierStore(client, clock, namespace),
    gate: new RedisHostGate(client, clock, namespace),
    webhooks: new RedisWebhookOutbox(client, clock, {
      namespace,
      keptSeconds: settings.resultExpiresSeconds,
    }),
  };
  const tasks = new RedisTaskQueue(
    client,
    { ...stores, clock, log },
    {
      namespace,
      maxWaiting,
      retries,
      retryDelayMs: settings.taskRetrySeconds * 1000,
      resultExpiresSeconds: settings.resultExpiresSeconds,
    },
  );
  return { ...stores, tasks };
}

/** Watches of tasks continue during an outage, so they use the connection that waits. */
function deskOf(rejecting: TaskSet, waiting: TaskSet): TaskDesk {
  return {
    tasks: rejecting.tasks,
    frontiers: rejecting.frontiers,
    webhooks: rejecting.webhooks,
    events: {
      append: (taskId, events) => rejecting.events.append(taskId, events),
      read: (taskId, afterId, limit) => rejecting.events.read(taskId, afterId, limit),
      watch: (taskId, listener) => waiting.events.watch(taskId, listener),
    },
  };
}

async function closeSet({ tasks, events }: TaskSet): Promise<void> {
  await tasks[Symbol.asyncDispose]();
  await events[Symbol.asyncDispose]();
}

/** Logs the start and the end of an outage once, however many attempts fail. */
export class OutageLog {
  readonly #name: string;
  readonly #log: Logger;
  #isDown = false;

  constructor(name: string, log: Logger) {
    this.#name = name;
    this.#log = log;
  }

  failed(error: unknown): void {
    if (!this.#isDown) this.#log.warn(`${this.#name} is unavailable; retrying`, { error: messageOf(error) });
    this.#isDown = true;
  }

  recovered(): void {
    if (this.#isDown) this.#log.info(`${this.#name} is available again`);
    this.#isDown = false;
  }
}
