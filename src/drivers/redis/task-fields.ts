import { createHash } from 'node:crypto';
import { amendedSpec } from '../../core/crawl/crawl-options.ts';
import { isFinal } from '../../core/tasks/run-outcome.ts';
import { readStoredResult, readStoredSpec } from '../../core/tasks/stored-task.ts';
import type { OptionChanges } from '../../model/crawl-options.ts';
import type { FrontierCounts } from '../../model/frontier-url.ts';
import type { TaskError, TaskRecord, TaskSpec, TaskStatus } from '../../model/task.ts';

/** A task as Redis holds it: the record, and what the queue needs to know beside it. */
export interface StoredTask {
  readonly record: TaskRecord;
  /** Its place in the order of submission. */
  readonly n: number;
  /** The run that holds it. */
  readonly leader: LeaseHolder | null;
  readonly helpers: readonly LeaseHolder[];
  /** Epoch ms before which it is not run. */
  readonly notBefore: number;
  readonly priority: number;
  /** The spec as it was submitted. */
  readonly submitted: TaskSpec;
  /** What was changed of its options since it was submitted. */
  readonly changes: OptionChanges;
}

/** A task that is to be made. */
export interface NewTask {
  readonly id: string;
  readonly n: number;
  readonly spec: TaskSpec;
  readonly priority: number;
  /** Epoch ms. */
  readonly createdAt: number;
}

/** A run that holds a lease on a task. */
export interface LeaseHolder {
  readonly owner: string;
  /** Milliseconds of its lease that are left, by the clock of Redis; negative once it has run out. */
  readonly msLeft: number;
}

/** What the commands return of a task (`commands/shared/task.lua`). */
export type RawTask = readonly [fields: readonly string[], counts: readonly number[], now: number];

/** Names and values of a new record, one after the other. */
export function newFields({ id, n, spec, priority, createdAt }: NewTask): readonly (string | number)[] {
  const fields = {
    id,
    n,
    spec: JSON.stringify(spec),
    status: 'pending',
    progress: 0,
    message: 'Waiting to start',
    retries: 0,
    ranMs: 0,
    losses: 0,
    result: '',
    error: '',
    createdAt,
    notBefore: 0,
    amendments: 0,
    changes: '{}',
    owner: '',
    leaseEnd: 0,
    priority,
  };
  return Object.entries(fields).flat();
}

/** A field of the record starts with it for each helper; the name of the helper's run follows. */
const HELPER = 'helper:';

/** Where a task stands, as far as finding it and dispatching it goes. */
export type TaskPlace = 'waiting' | 'later' | 'running' | 'paused' | 'ended';

/** `now` is epoch ms. */
export function placeOf({ record, leader, notBefore }: StoredTask, now: number): TaskPlace {
  if (leader !== null) return 'running';
  if (isFinal(record.status)) return 'ended';
  if (record.status === 'paused') return 'paused';
  return notBefore > now ? 'later' : 'waiting';
}

export function readTask([raw, counts, now]: RawTask): StoredTask {
  const fields = new Map<string, string>();
  for (let i = 0; i < raw.length; i += 2) fields.set(raw[i] ?? '', raw[i + 1] ?? '');
  const text = (name: string) => fields.get(name) ?? '';
  const number = (name: string) => Number(text(name));
  const submitted = readStoredSpec(text('spec'));
  const changes = JSON.parse(text('changes')) as OptionChanges;
  return {
    record: {
      id: text('id'),
      spec: amendedSpec(submitted, changes),
      amendments: number('amendments'),
      status: text('status') as TaskStatus,
      progress: number('progress'),
      message: text('message'),
      counts: countsOf(counts),
      retries: number('retries'),
      ranMs: number('ranMs'),
      result: text('result') === '' ? null : readStoredResult(text('result')),
      error: text('error') === '' ? null : (JSON.parse(text('error')) as TaskError),
      createdAt: number('createdAt'),
      startedAt: numberOrNull(fields.get('startedAt')),
      finishedAt: numberOrNull(fields.get('finishedAt')),
    },
    n: number('n'),
    leader: text('owner') === '' ? null : { owner: text('owner'), msLeft: number('leaseEnd') - now },
    helpers: helpersIn(fields, now),
    notBefore: number('notBefore'),
    priority: number('priority'),
    submitted,
    changes,
  };
}

function helpersIn(fields: ReadonlyMap<string, string>, now: number): readonly LeaseHolder[] {
  return [...fields]
    .filter(([name]) => name.startsWith(HELPER))
    .map(([name, leaseEnd]) => ({ owner: name.slice(HELPER.length), msLeft: Number(leaseEnd) - now }));
}

/** In the order of `commands/shared/head.lua`. */
function countsOf([
  found = 0,
  done = 0,
  failed = 0,
  skipped = 0,
  pending = 0,
  active = 0,
]: readonly number[]): FrontierCounts {
  return { found, done, failed, skipped, pending, active };
}

function numberOrNull(value: string | undefined): number | null {
  return value === undefined ? null : Number(value);
}

/** A digest of a spec that does not depend on the order of its members. */
export function specDigest(spec: TaskSpec): string {
  return createHash('sha256').update(JSON.stringify(spec, inOrder)).digest('hex');
}

function inOrder(_name: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
