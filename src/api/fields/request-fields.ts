import { z } from '@hono/zod-openapi';
import type { CrawlOptions } from '../../model/crawl-options.ts';
import type { ApiSettings } from '../api-deps.ts';

/** Maximum time that a request waits for the end of its task. */
export const MAX_WAIT_SECONDS = 600;

/** A whole number with a default. */
export function whole(min: number, max: number, fallback: number, description: string) {
  return wholeFrom(min, max).default(fallback).openapi({ description });
}

/** A required whole number. */
export function wholeFrom(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.int(message).min(min, message).max(max, message);
}

/** A boolean with a default. */
export function flag(fallback: boolean, description: string) {
  return z.boolean('must be true or false').default(fallback).openapi({ description });
}

const MAX_DELAY_MS = 600_000;

/** How pages are visited, within the operator's limits: the fields that all requests for tasks share. */
export function visitFields({ maxTaskSeconds, hostConcurrency, hostDelayMs }: ApiSettings) {
  return {
    render: z.enum(['auto', 'browser', 'http']).default('auto').openapi({
      description:
        '`browser` loads every page in a browser, `http` loads none in a browser, `auto` lets the service choose.',
    }),
    hash_routes: flag(false, 'Treat `#/…` and `#!…` as separate pages.'),
    robots: flag(true, 'Obey robots.txt.'),
    media: flag(false, 'Load images, fonts and media too.'),
    max_seconds: whole(1, maxTaskSeconds, maxTaskSeconds, 'Maximum run time in seconds, without pauses.'),
    host_concurrency: whole(
      1,
      hostConcurrency,
      hostConcurrency,
      'Maximum number of pages open at once on one host.',
    ),
    host_delay_ms: hostDelay({ hostDelayMs }).default(hostDelayMs),
  };
}

/** The delay between visits to one host. The operator's setting is its minimum. */
export function hostDelay({ hostDelayMs }: Pick<ApiSettings, 'hostDelayMs'>) {
  return wholeFrom(hostDelayMs, Math.max(MAX_DELAY_MS, hostDelayMs)).openapi({
    description: 'Minimum milliseconds between the starts of two visits to one host.',
  });
}

type VisitFields = z.infer<z.ZodObject<ReturnType<typeof visitFields>>>;

/** Converts these fields to crawl options. */
export function visitOptions(request: VisitFields) {
  return {
    render: request.render,
    hashRoutes: request.hash_routes,
    robots: request.robots,
    media: request.media,
    maxSeconds: request.max_seconds,
    hostConcurrency: request.host_concurrency,
    hostDelayMs: request.host_delay_ms,
  } satisfies Partial<CrawlOptions>;
}
