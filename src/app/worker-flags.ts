import type { QueueName } from '../model/task.ts';
import { parseFlags, SETTING_FLAGS, settingsOf, UsageError } from './flags.ts';

export interface WorkerCall {
  readonly queues: readonly QueueName[];
  /** Number of worker processes to supervise; null to be a worker. */
  readonly supervise: number | null;
  /** Arguments for a supervised worker. */
  readonly workerArgs: readonly string[];
  /** Settings given as flags, by environment variable. */
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

  --queues LIST     crawling, pagination or both, separated by commas (default: both)
  --concurrency N   maximum concurrent tasks (default: TASK_CONCURRENCY)
  --supervise N     run N worker processes and replace each one that exits

REDIS_URL names the Redis server. Any number of workers can run, with or without a service.
SIGTERM or SIGINT: hand over running tasks within DRAIN_SECONDS, then exit; a second signal exits at once.
Settings as flags: ${SETTING_FLAGS.map((flag) => `--${flag}`).join(' ')}
Exit code: 0 stopped, 1 failed, 2 wrong usage, 75 to be restarted (WORKER_MAX_TASKS, WORKER_MAX_MEMORY).
`;

/** Parses the flags of the worker command; null for `--help`. @throws {UsageError} */
export function readWorkerCall(args: readonly string[]): WorkerCall | null {
  const { values, tokens } = parseFlags(args, FLAGS);
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

function queueNames(text: string): readonly QueueName[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  return names.map((name) => {
    const queue = QUEUES.find((queueName) => queueName === name);
    if (queue === undefined)
      throw new UsageError(`--queues takes ${QUEUES.join(', ')} or both separated by commas, not "${text}".`);
    return queue;
  });
}

function workerCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,3}$/.test(text) && count >= 1 && count <= MAX_WORKERS) return count;
  throw new UsageError(`--supervise takes a whole number from 1 to ${MAX_WORKERS}, not "${text}".`);
}
