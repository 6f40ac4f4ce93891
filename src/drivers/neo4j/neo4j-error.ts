import { Neo4jError } from 'neo4j-driver';
import { type ErrorCode, messageOf, WaymarkError } from '../../core/errors.ts';

/** First words of the codes of a Neo4j and its driver, and what they mean for us. */
const CODES: readonly (readonly [start: string, code: ErrorCode])[] = [
  ['Neo.ClientError.Security.', 'neo4j-auth'],
  ['Neo.TransientError.', 'neo4j-unreachable'],
  ['Neo.ClientError.Database.DatabaseNotFound', 'neo4j-unreachable'],
  ['Neo.ClientError.Cluster.', 'neo4j-unreachable'],
  ['ServiceUnavailable', 'neo4j-unreachable'],
  ['SessionExpired', 'neo4j-unreachable'],
];

/** What a failed call of the driver means. No message of the driver or the server holds the password. */
export function asWaymarkError(error: unknown): WaymarkError {
  if (error instanceof WaymarkError) return error;
  return new WaymarkError(codeOf(error), messageOf(error), { cause: error });
}

function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof Neo4jError)) return 'storage-failed';
  return CODES.find(([start]) => error.code.startsWith(start))?.[1] ?? 'storage-failed';
}
