import { parseArgs } from 'node:util';
import type { QueueName } from '../model/task.ts';
import { SETTING_FLAGS, settingsOf, UsageError } from './flags.ts';

export interface WorkerCall {
  readonly queues: readonly QueueName[];
  /** Worker processes to run and to replace; null: be one. */
  readonly supervise: number | null;
  /** The arguments of a supervised worker. */
  readonly workerArgs: readonly string[];
  /** Settings given as flags, by the names of their environment variables. */
  readonly settings: Readonly<Record<string, string>>;
}

const FLAGS = {
  queues: { type: 'string' },
  concurrency: { type: 'string' },
  supervise: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const QUEUES: readonly QueueName[] = ['crawling', 'pagination'];
const MAX_WORKERS = 256;

export const WORKER_HELP = `Work on the tasks in Redis.

  npm run -s worker -- [flags]

  --queues LIST     crawling, pagination or both, between commas (default: both)
  --concurrency N   tasks at once (default: TASK_CONCURRENCY)
  --supervise N     run N workers as processes of their own, and start a new one whenever one ends

REDIS_URL names the Redis. Any number of workers may run, beside or without a service.
SIGTERM or SIGINT: hands over what runs, within DRAIN_SECONDS; a second one ends the process at once.
Settings as flags: ${SETTING_FLAGS.map((flag) => `--${flag}`).join(' ')}
Exit code: 0 stopped, 1 failed, 2 wrong usage, 75 wants to be started anew (WORKER_MAX_TASKS, WORKER_MAX_MEMORY).
`;

/** Reads the flags of the worker command; null when help was asked for. Throws a `UsageError`. */
export function readWorkerCall(args: readonly string[]): WorkerCall | null {
  const { values, tokens } = parse(args);
  if (values['help'] === true) return null;
  const { queues, concurrency, supervise } = values;
  return {
    queues: typeof queues === 'string' ? queueNames(queues) : QUEUES,
    supervise: typeof supervise === 'string' ? workerCount(supervise) : null,
    workerArgs: tokens.flatMap((token) =>
      token.kind === 'option' && token.name !== 'supervise' ? [`${token.rawName}=${token.value ?? ''}`] : [],
    ),
    settings: {
      ...settingsOf(values),
      ...(typeof concurrency === 'string' ? { TASK_CONCURRENCY: concurrency } : {}),
    },
  };
}

function parse(args: readonly string[]) {
  const settings = Object.fromEntries(SETTING_FLAGS.map((flag) => [flag, { type: 'string' as const }]));
  try {
    const { values, tokens } = parseArgs({
      args: [...args],
      options: { ...settings, ...FLAGS },
      strict: true,
      tokens: true,
    });
    return { values: values as Readonly<Record<string, unknown>>, tokens };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function queueNames(text: string): readonly QueueName[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  return names.map((name) => {
    const queue = QUEUES.find((known) => known === name);
    if (queue === undefined)
      throw new UsageError(`--queues takes ${QUEUES.join(', ')} or both between commas, not "${text}".`);
    return queue;
  });
}

function workerCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,3}$/.test(text) && count >= 1 && count <= MAX_WORKERS) return count;
  throw new UsageError(`--supervise takes a whole number from 1 to ${MAX_WORKERS}, not "${text}".`);
}
