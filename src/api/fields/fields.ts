import { z } from '@hono/zod-openapi';

/** A moment, as RFC 3339 writes it. */
export const TimeSchema = z.iso.datetime();

/** A page of a list goes on under `next`; both are null on the last one. */
export const nextFields = {
  next: z
    .string()
    .nullable()
    .openapi({ description: 'Path of the rest of the list; null if this is the end.' }),
  next_cursor: z.string().nullable().openapi({ description: 'The `cursor` of that path.' }),
};

/** Path parameters of what belongs to a task. */
export const TaskParams = z.object({
  id: z.string().min(1).max(100).openapi({ description: 'The `task_id` of the task.' }),
});

/** A whole number in a query. */
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

/** `true` or `false` in a query; false if it is left out. */
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
  .openapi({ description: 'The `next_cursor` of the answer before.' });

/** Epoch milliseconds as a moment. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** The same for a moment that may not have come. */
export function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : timeOf(ms);
}

/** A path with query parameters; those that are null are left out. */
export function pathWith(
  path: string,
  query: Readonly<Record<string, string | number | boolean | null>>,
): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === null ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
