import { type ErrorCode, WaymarkError } from './errors.ts';

const OUTAGES: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['neo4j-unreachable', 'redis-unreachable']);

/** Whether an error says that a store is away: the same call succeeds once it is back. */
export function isOutage(error: unknown): boolean {
  return error instanceof WaymarkError && OUTAGES.has(error.code);
}
