import { type WebhookFigures, WebhookSender } from '../../actors/webhooks/webhook-sender.ts';
import { HttpAgent } from '../../pools/http/http-agent.ts';
import { createWebhookClient } from '../../pools/http/webhook-client.ts';
import type { GuardedLookup } from '../../pools/net/guarded-lookup.ts';
import { crawlResultView } from '../api/tasks/task-view.ts';
import { messageOf } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import type { TaskRecord } from '../model/task.ts';
import type { Logger } from '../ports/logger.ts';
import type { TaskPart } from './store-parts.ts';

/** Separate connections, so that slow receivers take none from the crawls. */
const CONNECTIONS = { connections: 8, connectionsPerHost: 2, idleTimeoutMs: 10_000 } as const;
const NONE: WebhookFigures = Object.freeze({ delivered: 0, retried: 0, dropped: 0 });

/** The webhooks of this process. It registers the tasks that run here and, once started, sends the webhooks of all tasks. */
export class Webhooks {
  readonly #settings: Settings;
  readonly #stores: Pick<TaskPart, 'desk' | 'webhooks' | 'clock'>;
  readonly #log: Logger;
  readonly #agent: HttpAgent;
  #sender: WebhookSender | null = null;

  constructor(
    settings: Settings,
    lookup: GuardedLookup,
    stores: Pick<TaskPart, 'desk' | 'webhooks' | 'clock'>,
    log: Logger,
  ) {
    this.#settings = settings;
    this.#stores = stores;
    this.#log = log;
    this.#agent = new HttpAgent({ lookup, clock: stores.clock, ...CONNECTIONS });
  }

  get figures(): WebhookFigures {
    return this.#sender?.figures ?? NONE;
  }

  /** Starts sending. Further calls have no effect. */
  start(): void {
    const { tasks, events, webhooks: outbox } = this.#stores.desk;
    const { webhookSecret: defaultSecret, webhookAttempts: attempts } = this.#settings;
    const client = createWebhookClient(this.#agent);
    const parts = {
      resultBody: crawlResultView,
      outbox,
      tasks,
      events,
      client,
      clock: this.#stores.clock,
      log: this.#log,
      random: Math.random,
    };
    this.#sender ??= new WebhookSender(parts, { defaultSecret, attempts });
  }

  /** Registers a task that runs here. The run does not wait for it. */
  enter({ id, spec }: TaskRecord): void {
    if (spec.webhook === undefined) return;
    this.#stores.webhooks.enqueue(id).catch((error: unknown) => {
      this.#log.warn('Could not register a webhook', { task: id, error: messageOf(error) });
    });
  }

  /** Aborts the messages that are being sent. They are sent again later. */
  async close(): Promise<void> {
    await this.#sender?.close();
    await this.#agent.destroy();
  }
}
