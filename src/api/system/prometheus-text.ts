/** One sample of a Prometheus metric. */
export interface MetricSample {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Content type of version 0.0.4 of Prometheus' text format. */
export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Formats samples as Prometheus text, grouped by name as the format requires. */
export function prometheusText(samples: readonly MetricSample[]): string {
  const families = Map.groupBy(samples, ({ name }) => name);
  return [...families.values()].map(family).join('');
}

function family(samples: readonly MetricSample[]): string {
  const [first] = samples;
  if (first === undefined) return '';
  const head = `# HELP ${first.name} ${escapeHelp(first.help)}\n# TYPE ${first.name} ${first.type}\n`;
  return head + samples.map((sample) => `${sample.name}${labels(sample)} ${number(sample.value)}\n`).join('');
}

function labels(sample: MetricSample): string {
  const pairs = Object.entries(sample.labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function number(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
