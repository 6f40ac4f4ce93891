import { z } from '@hono/zod-openapi';

/** A time in the format of RFC 3339. */
export const TimeSchema = z.iso.datetime();

/** The continuation of a list; both fields are null on its last page. */
export const nextFields = {
  next: z
    .string()
    .nullable()
    .openapi({ description: 'Path of the next page of the list; null on the last page.' }),
  next_cursor: z.string().nullable().openapi({ description: 'The `cursor` in that path.' }),
};

/** The path parameter that names a task. */
export const TaskParams = z.object({
  id: z.string().min(1).max(100).openapi({ description: 'The `task_id` of the task.' }),
});

/** A whole number in the query. */
export function queryInteger({ min, max, fallback }: { min: number; max: number; fallback: number }) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message))
    .default(fallback)
    .openapi({ type: 'integer', minimum: min, maximum: max, default: fallback });
}

/** `true` or `false` in the query; the default is false. */
export function queryBoolean() {
  return z
    .enum(['true', 'false'], 'must be true or false')
    .transform((text) => text === 'true')
    .default(false)
    .openapi({ type: 'boolean', default: false });
}

export const queryCursor = z
  .string()
  .max(500)
  .optional()
  .openapi({ description: 'The `next_cursor` of the previous response.' });

/** Formats epoch milliseconds by RFC 3339. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** Formats epoch milliseconds by RFC 3339; null stays null. */
export function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : timeOf(ms);
}

/** Adds query parameters to a path. Null values are omitted. */
export function pathWith(
  path: string,
  query: Readonly<Record<string, string | number | boolean | null>>,
): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === null ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
