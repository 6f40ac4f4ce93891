import { isIP } from 'node:net';
import { createApi } from '../api/create-api.ts';
import { WaymarkError } from '../core/errors.ts';
import type { AccessPolicy } from '../core/net/access-policy.ts';
import { isGloballyRoutable } from '../core/net/address.ts';
import type { Settings } from '../core/settings.ts';
import { createDashboard } from '../dashboard/create-dashboard.ts';
import type { Logger } from '../ports/logger.ts';
import { type Listening, listen } from './listen.ts';
import { metricSamples } from './metric-samples.ts';
import { Service } from './service.ts';

/** The service with its HTTP API and dashboard. It works on tasks unless `SERVE_WORKERS` is 0. */
export class ServedService {
  readonly service: Service;
  readonly listening: Listening;
  readonly #stopping: AbortController;

  private constructor(service: Service, listening: Listening, stopping: AbortController) {
    this.service = service;
    this.listening = listening;
    this.#stopping = stopping;
  }

  /** Opens the stores, listens, and resumes unfinished tasks. */
  static async start(
    settings: Settings,
    log: Logger,
    path: string,
    alsoAllowed: readonly string[],
  ): Promise<ServedService> {
    const service = await Service.open({ settings, log, path, alsoAllowed });
    const stopping = new AbortController();
    try {
      const listening = await listen(
        apiOf(service, settings, log, stopping.signal).fetch,
        settings.host,
        settings.port,
      );
      service.sendWebhooks();
      if (settings.serveWorkers > 0) {
        const { taskConcurrency: concurrency, taskGiveWaySeconds } = settings;
        const giveWayMs = taskGiveWaySeconds * 1000;
        service.work({ queues: ['crawling', 'pagination'], concurrency, giveWayMs });
      }
      return new ServedService(service, listening, stopping);
    } catch (error) {
      await service.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.listening.close();
    await this.service.close();
  }
}

function apiOf(service: Service, settings: Settings, log: Logger, stopping: AbortSignal) {
  const { desk, dispatchQueues, clock } = service.stores;
  return createApi({
    settings,
    tasks: desk.tasks,
    events: desk.events,
    graph: service.graph,
    crawls: desk.frontiers,
    webhooks: desk.webhooks,
    dispatchQueues,
    dashboard: createDashboard(),
    clock,
    log,
    applyChanges: (task) => service.applyChanges(task),
    checkUrl: (url) => checkUrl(url, service.access),
    allowedPrivateHost: (seed) => service.access.entryFor(new URL(seed)),
    ready: () => service.stores.checks(),
    metrics: () => metricSamples(service),
    stopping,
  });
}

/** Rejects addresses that a caller of the API may not reach. Host names are checked when they resolve. */
export function checkUrl(text: string, access: AccessPolicy): void {
  const url = new URL(text);
  const address = url.hostname.replace(/^\[|\]$/g, '');
  if (access.entryFor(url) !== null) return;
  if (address === 'localhost' || (isIP(address) !== 0 && !isGloballyRoutable(address))) {
    throw new WaymarkError(
      'address-refused',
      'Only public addresses can be crawled. To allow a private host, the operator adds it to ALLOWED_PRIVATE_HOSTS.',
    );
  }
}
