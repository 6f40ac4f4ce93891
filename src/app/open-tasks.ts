import type { Settings } from '../core/settings.ts';
import type { Logger } from '../ports/logger.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import { embeddedTasks } from './embedded-tasks.ts';
import type { TaskPart } from './task-part.ts';

/** Tasks in Redis if `REDIS_URL` is set, else in the embedded file. */
export async function openTasks(settings: Settings, log: Logger, file: EmbeddedFile): Promise<TaskPart> {
  const { redisUrl } = settings;
  if (redisUrl === null) return embeddedTasks(await file.open(), settings, log);
  const { redisTasks } = await import('./redis-tasks.ts');
  return redisTasks(redisUrl, settings, log);
}
