import type { MetricSample } from '../api/system/prometheus-text.ts';
import type { ActorFigures } from '../core/actor/actor-metrics.ts';
import type { Service } from './service.ts';

interface FigureMetric {
  readonly name: string;
  readonly help: string;
  readonly type: MetricSample['type'];
  readonly value: (figures: ActorFigures) => number;
}

const OF_ACTORS: readonly FigureMetric[] = [
  {
    name: 'waymark_actor_mailbox_depth',
    help: 'Messages that wait in the mailbox.',
    type: 'gauge',
    value: (f) => f.depth,
  },
  {
    name: 'waymark_actor_mailbox_capacity',
    help: 'Messages that the mailbox holds.',
    type: 'gauge',
    value: (f) => f.capacity,
  },
  {
    name: 'waymark_actor_blocked_senders',
    help: 'Senders that wait for room.',
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
    help: 'Messages handled.',
    type: 'counter',
    value: (f) => f.handled,
  },
  { name: 'waymark_actor_failed_total', help: 'Failed tries.', type: 'counter', value: (f) => f.failed },
  {
    name: 'waymark_actor_given_up_total',
    help: 'Messages given up.',
    type: 'counter',
    value: (f) => f.givenUp,
  },
  {
    name: 'waymark_actor_busy_seconds_total',
    help: 'Time spent in handling.',
    type: 'counter',
    value: (f) => f.busyMs / 1000,
  },
];

/** The metrics of this process, for Prometheus. Figures of actors with one name are summed over the crawls. */
export function metricSamples(service: Service): readonly MetricSample[] {
  const actors = service.figures();
  const ofActors = OF_ACTORS.flatMap(({ name, help, type, value }) =>
    actors.map((figures) => ({ name, help, type, labels: { actor: figures.name }, value: value(figures) })),
  );
  const memory = process.memoryUsage();
  return [
    ...ofActors,
    ...webhookSamples(service),
    gauge('waymark_crawls_running', 'Crawls that run in this process.', service.running),
    gauge('process_resident_memory_bytes', 'Resident memory.', memory.rss),
    gauge('nodejs_heap_used_bytes', 'Heap in use.', memory.heapUsed),
  ];
}

function webhookSamples({ webhookFigures }: Service): readonly MetricSample[] {
  return Object.entries(webhookFigures).map(([outcome, value]) => ({
    name: 'waymark_webhook_tries_total',
    help: 'Tries to send a webhook message, by what became of them.',
    type: 'counter',
    labels: { outcome },
    value,
  }));
}

function gauge(name: string, help: string, value: number): MetricSample {
  return { name, help, type: 'gauge', labels: {}, value };
}
