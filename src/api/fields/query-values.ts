import { z } from '@hono/zod-openapi';
import type { FieldProblem } from '../problem/problem.ts';

const INTEGER = /^-?\d{1,15}$/;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

interface QueryValues {
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
}

/**
 * Converts query parameters to the types of a schema, so that one schema validates query and body: numbers and booleans
 * from their canonical spelling, lists from repeated names. Unknown names are passed on, and the schema rejects them.
 */
export function queryValues(schema: z.ZodObject, query: URLSearchParams): QueryValues {
  const values = new Map<string, unknown>();
  const problems: FieldProblem[] = [];
  for (const name of new Set(query.keys())) {
    const read = readValue(kindOf(schema.shape[name]), query.getAll(name));
    if (typeof read === 'string') problems.push({ path: name, message: read });
    else values.set(name, read.value);
  }
  return { values: Object.fromEntries(values), problems };
}

/** Returns the value, or a message that says what is wrong. */
function readValue(kind: string, texts: readonly string[]): { readonly value: unknown } | string {
  if (kind === 'array') return { value: texts };
  const [text = ''] = texts;
  if (texts.length > 1) return 'is given more than once';
  if (kind === 'number') return INTEGER.test(text) ? { value: Number(text) } : 'must be a whole number';
  if (kind !== 'boolean') return { value: text };
  const value = BOOLEANS.get(text);
  return value === undefined ? 'must be true or false' : { value };
}

/** Returns the type of a schema inside its default and optional wrappers. */
function kindOf(schema: unknown): string {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) inner = inner.unwrap();
  return inner instanceof z.ZodType ? inner.def.type : 'unknown';
}
