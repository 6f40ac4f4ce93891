import { WaymarkError } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import { readSettings } from './environment.ts';
import type { WorkerCall } from './worker-flags.ts';

/** The settings of a worker. Throws `bad-setting`, also where no Redis is named. */
export function readWorkerSettings({ settings: given }: WorkerCall): Settings {
  const settings = readSettings(given);
  if (settings.redisUrl !== null) return settings;
  throw new WaymarkError(
    'bad-setting',
    'REDIS_URL: workers take their tasks from Redis, so name one: redis://:password@host:6379. ' +
      'Without Redis `npm run serve` works on tasks itself',
  );
}
