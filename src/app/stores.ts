import type { ReadyCheck } from '../api/api-deps.ts';
import { withDeadline } from '../core/deadline.ts';
import type { Settings } from '../core/settings.ts';
import { systemClock } from '../drivers/system/clock.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Logger } from '../ports/logger.ts';
import { EmbeddedFile, embeddedGraph, embeddedTasks } from './embedded-stores.ts';
import { neo4jGraph } from './neo4j-graph.ts';
import type { GraphPart, TaskPart } from './store-parts.ts';

/** Maximum time of a readiness check, in milliseconds. */
const CHECK_MS = 1500;

/** Tasks with their frontiers, and the map, whatever stores hold them. */
export interface Stores extends Omit<TaskPart, 'name' | 'ping' | 'tieTo'> {
  readonly graph: GraphStore;
  /** Checks each part; takes at most 2 s. */
  checks(): Promise<readonly ReadyCheck[]>;
}

/**
 * Opens the stores that the settings name. Rejects with `storage-failed`, a code of `openRedis` or `openNeo4j`, or
 * `graph-not-shared`, and closes what it has opened.
 */
export async function openStores(settings: Settings, log: Logger): Promise<Stores> {
  await using opened = new AsyncDisposableStack();
  const file = opened.adopt(new EmbeddedFile(settings.storageDir), (it) => it.close());
  const tasks = opened.adopt(await openTasks(settings, log, file), (it) => it.close());
  const graph = opened.adopt(await openGraph(settings, file), (it) => it.close());
  await tasks.tieTo(graph.identity);
  const parts = new Map([tasks, graph].map((part) => [part.name, part]));
  const closing = opened.move();
  return {
    ...tasks,
    graph: graph.graph,
    checks: () => Promise.all([...parts.values()].map(check)),
    close: () => closing.disposeAsync(),
  };
}

interface Part {
  readonly name: string;
  ping(): Promise<void>;
}

async function check({ name, ping }: Part): Promise<ReadyCheck> {
  try {
    await withDeadline(ping(), {
      ms: CHECK_MS,
      clock: systemClock,
      error: () => new Error(`no response within ${CHECK_MS} ms`),
    });
    return { name, ok: true, detail: null };
  } catch {
    return { name, ok: false, detail: 'It is unavailable.' };
  }
}

/** Opens the map in Neo4j if `NEO4J_URL` is set, otherwise in the embedded file. */
export function openGraph(settings: Settings, file: EmbeddedFile): Promise<GraphPart> {
  const { neo4jUrl: url, neo4jUsername: username, neo4jPassword } = settings;
  if (url === null) return embeddedGraph(file);
  return neo4jGraph({ url, username, password: neo4jPassword ?? '' });
}

/** Opens the tasks in Redis if `REDIS_URL` is set, otherwise in the embedded file. */
async function openTasks(settings: Settings, log: Logger, file: EmbeddedFile): Promise<TaskPart> {
  const { redisUrl } = settings;
  if (redisUrl === null) return embeddedTasks(await file.open(), settings, log);
  const { redisTasks } = await import('./redis-tasks.ts');
  return redisTasks(redisUrl, settings, log);
}
