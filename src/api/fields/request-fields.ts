import { z } from '@hono/zod-openapi';

/** A request waits for the end of its task so long at most. */
export const MAX_WAIT_SECONDS = 600;

/** A whole number in a request. */
export function whole(min: number, max: number, fallback: number, description: string) {
  return wholeFrom(min, max).default(fallback).openapi({ description });
}

/** A whole number that a request must name. */
export function wholeFrom(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.int(message).min(min, message).max(max, message);
}

/** `true` or `false` in a request. */
export function flag(fallback: boolean, description: string) {
  return z.boolean('must be true or false').default(fallback).openapi({ description });
}
