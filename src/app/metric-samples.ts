import type { MetricSample } from '../api/system/prometheus-text.ts';
import type { ActorFigures } from '../core/actor/actor-metrics.ts';
import type { Service } from './service.ts';

interface FigureMetric {
  readonly name: string;
  readonly help: string;
  readonly type: MetricSample['type'];
  readonly value: (figures: ActorFigures) => number;
}

const ACTOR_METRICS: readonly FigureMetric[] = [
  {
    name: 'waymark_actor_mailbox_depth',
    help: 'Messages waiting in the mailbox.',
    type: 'gauge',
    value: (f) => f.depth,
  },
  {
    name: 'waymark_actor_mailbox_capacity',
    help: 'Capacity of the mailbox in messages.',
    type: 'gauge',
    value: (f) => f.capacity,
  },
  {
    name: 'waymark_actor_blocked_senders',
    help: 'Senders waiting for space in the mailbox.',
    type: 'gauge',
    value: (f) => f.blocked,
  },
  {
    name: 'waymark_actor_in_flight',
    help: 'Messages being handled.',
    type: 'gauge',
    value: (f) => f.inFlight,
  },
  {
    name: 'waymark_actor_handled_total',
    help: 'Handled messages.',
    type: 'counter',
    value: (f) => f.handled,
  },
  {
    name: 'waymark_actor_failed_total',
    help: 'Failed attempts to handle a message.',
    type: 'counter',
    value: (f) => f.failed,
  },
  {
    name: 'waymark_actor_given_up_total',
    help: 'Messages given up after the last attempt.',
    type: 'counter',
    value: (f) => f.givenUp,
  },
  {
    name: 'waymark_actor_busy_seconds_total',
    help: 'Time spent handling messages.',
    type: 'counter',
    value: (f) => f.busyMs / 1000,
  },
];

/** The metrics of this process, for Prometheus. Figures of actors with one name are summed over the crawls. */
export function metricSamples(service: Service): readonly MetricSample[] {
  const actors = service.figures();
  const ofActors = ACTOR_METRICS.flatMap(({ name, help, type, value }) =>
    actors.map((figures) => ({ name, help, type, labels: { actor: figures.name }, value: value(figures) })),
  );
  const memory = process.memoryUsage();
  return [
    ...ofActors,
    ...webhookSamples(service),
    gauge('waymark_crawls_running', 'Crawls running in this process.', service.running),
    gauge('process_resident_memory_bytes', 'Resident memory.', memory.rss),
    gauge('nodejs_heap_used_bytes', 'Heap in use.', memory.heapUsed),
  ];
}

function webhookSamples({ webhookFigures }: Service): readonly MetricSample[] {
  return Object.entries(webhookFigures).map(([outcome, value]) => ({
    name: 'waymark_webhook_tries_total',
    help: 'Attempts to send a webhook message, by outcome.',
    type: 'counter',
    labels: { outcome },
    value,
  }));
}

function gauge(name: string, help: string, value: number): MetricSample {
  return { name, help, type: 'gauge', labels: {}, value };
}
