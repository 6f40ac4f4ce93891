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

/** How long a caller of the API waits for Redis, in milliseconds. */
const PROMPT_MS = 1500;

/**
 * Tasks in Redis, shared by all processes that name it. Crawls wait out an outage on one connection; callers of the API
 * have another one, which rejects. Rejects as `openRedis` does.
 */
export async function redisTasks(url: string, settings: Settings, log: Logger): Promise<TaskPart> {
  const outages = new OutageLog('Redis', log);
  const client = await openRedis(url, {
    eviction: settings.redisEviction,
    onError: (error) => outages.failed(error),
  });
  client.on('ready', () => outages.recovered());
  const promptClient = deadlineClient(client, PROMPT_MS);
  const clock = await RedisClock.start(client, systemClock);
  const [working, prompt] = [
    taskSet(client, clock, settings, log),
    taskSet(promptClient, clock, settings, log),
  ];
  return {
    ...working,
    clock,
    desk: deskOf(prompt, working),
    dispatchQueues: prompt.tasks.dispatchQueues,
    name: 'redis',
    ping: async () => void (await promptClient.ping()),
    tieTo: (graph) => claimGraph(client, graph, settings.redisNamespace),
    close: async () => {
      await Promise.all([working, prompt].map(closeSet));
      clock[Symbol.dispose]();
      promptClient.disconnect();
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

/** Whoever watches a task goes on watching through an outage, so watches are the patient connection's. */
function deskOf(prompt: TaskSet, working: TaskSet): TaskDesk {
  return {
    tasks: prompt.tasks,
    frontiers: prompt.frontiers,
    webhooks: prompt.webhooks,
    events: {
      append: (taskId, events) => prompt.events.append(taskId, events),
      read: (taskId, afterId, limit) => prompt.events.read(taskId, afterId, limit),
      watch: (taskId, listener) => working.events.watch(taskId, listener),
    },
  };
}

async function closeSet({ tasks, events }: TaskSet): Promise<void> {
  await tasks[Symbol.asyncDispose]();
  await events[Symbol.asyncDispose]();
}

/** Logs the start and the end of an outage, each once, however many attempts fail. */
export class OutageLog {
  readonly #name: string;
  readonly #log: Logger;
  #away = false;

  constructor(name: string, log: Logger) {
    this.#name = name;
    this.#log = log;
  }

  failed(error: unknown): void {
    if (!this.#away)
      this.#log.warn(`${this.#name} does not answer as it should`, { error: messageOf(error) });
    this.#away = true;
  }

  recovered(): void {
    if (this.#away) this.#log.info(`${this.#name} answers again`);
    this.#away = false;
  }
}
