import type { z } from '@hono/zod-openapi';
import type { HonoRequest } from 'hono';
import { WaymarkError } from '../../core/errors.ts';
import { badRequest, fieldProblems } from '../problem/problem.ts';
import { queryValues } from './query-values.ts';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json(?:$|\s*;)/i;

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads a request from its JSON body and its query. Each key may be in one of them only.
 *
 * @throws {WaymarkError} `unsupported-media-type`, or `bad-request`, which lists every wrong value.
 */
export async function readRequest<Schema extends z.ZodObject>(
  request: HonoRequest,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const query = queryValues(schema, new URL(request.url).searchParams);
  const body = await readBody(request);
  const twice = Object.keys(body)
    .filter((key) => Object.hasOwn(query.values, key))
    .map((path) => ({ path, message: 'is in the body and in the query. Give it once' }));
  const keys = Object.keys(schema.shape);
  const parsed = schema.safeParse({ ...query.values, ...body });
  const unread = new Set(query.problems.map(({ path }) => path));
  const found = parsed.success
    ? []
    : fieldProblems(parsed.error, keys).filter(({ path }) => !unread.has(path));
  const problems = [...query.problems, ...twice, ...found];
  if (parsed.success && problems.length === 0) return parsed.data;
  throw badRequest(problems);
}

/** An empty body counts as no body, whatever its content type. */
async function readBody(request: HonoRequest): Promise<JsonObject> {
  const text = await request.text();
  if (text.trim() === '') return {};
  const type = request.header('Content-Type') ?? '';
  if (!JSON_TYPE.test(type)) {
    throw new WaymarkError(
      'unsupported-media-type',
      `The content type of the body is ${type || 'missing'}. Send application/json.`,
    );
  }
  const value = parseJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw badRequest([{ path: '', message: 'The body must be a JSON object' }]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest([{ path: '', message: 'The body is not valid JSON' }]);
  }
}
