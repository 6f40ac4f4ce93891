import { amendedSpec } from '../../core/crawl/crawl-options.ts';
import type { OptionChanges } from '../../model/crawl-options.ts';
import type { FrontierCounts } from '../../model/frontier-url.ts';
import type { TaskError, TaskRecord, TaskSpec, TaskStatus } from '../../model/task.ts';
import type { TaskResult } from '../../model/task-result.ts';

/** A task as Redis holds it: the record, and what the queue needs to know beside it. */
export interface StoredTask {
  readonly record: TaskRecord;
  /** Its place in the order of submission. */
  readonly n: number;
  /** The run that holds it, or null. */
  readonly owner: string | null;
  /** Number of the dispatch that its next run must come from. */
  readonly dispatch: number;
  /** Epoch ms before which it is not run. */
  readonly notBefore: number;
  readonly priority: number;
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

/** What the commands answer of a task: names and values of its fields, and the counts of its crawl. */
export type RawTask = readonly [fields: readonly string[], counts: readonly number[]];

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
    dispatch: 1,
    priority,
  };
  return Object.entries(fields).flat();
}

const FINAL: readonly TaskStatus[] = ['completed', 'failed', 'cancelled'];

export function isFinal(status: TaskStatus): boolean {
  return FINAL.includes(status);
}

export function readTask([raw, counts]: RawTask): StoredTask {
  const fields = new Map<string, string>();
  for (let i = 0; i < raw.length; i += 2) fields.set(raw[i] ?? '', raw[i + 1] ?? '');
  const text = (name: string) => fields.get(name) ?? '';
  const number = (name: string) => Number(text(name));
  const changes = JSON.parse(text('changes')) as OptionChanges;
  return {
    record: {
      id: text('id'),
      spec: amendedSpec(JSON.parse(text('spec')) as TaskSpec, changes),
      amendments: number('amendments'),
      status: text('status') as TaskStatus,
      progress: number('progress'),
      message: text('message'),
      counts: countsOf(counts),
      retries: number('retries'),
      ranMs: number('ranMs'),
      result: readJson<TaskResult>(text('result')),
      error: readJson<TaskError>(text('error')),
      createdAt: number('createdAt'),
      startedAt: numberOrNull(fields.get('startedAt')),
      finishedAt: numberOrNull(fields.get('finishedAt')),
    },
    n: number('n'),
    owner: text('owner') || null,
    dispatch: number('dispatch'),
    notBefore: number('notBefore'),
    priority: number('priority'),
    changes,
  };
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

function readJson<T>(value: string): T | null {
  return value === '' ? null : (JSON.parse(value) as T);
}

function numberOrNull(value: string | undefined): number | null {
  return value === undefined ? null : Number(value);
}
