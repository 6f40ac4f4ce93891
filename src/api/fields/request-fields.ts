import { z } from '@hono/zod-openapi';
import type { CrawlOptions } from '../../model/crawl-options.ts';
import type { ApiSettings } from '../api-deps.ts';

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

const MAX_DELAY_MS = 600_000;

/** How pages are visited, within the operator's limits: what every request that starts a task may say. */
export function visitFields({ maxTaskSeconds, hostConcurrency, hostDelayMs }: ApiSettings) {
  return {
    render: z.enum(['auto', 'browser', 'http']).default('auto').openapi({
      description:
        '`browser` loads every page in a browser, `http` none; `auto` leaves the choice to the service.',
    }),
    hash_routes: flag(false, 'Take `#/…` and `#!…` as pages of their own.'),
    robots: flag(true, 'Obey robots.txt.'),
    media: flag(false, 'Load pictures, fonts and media too.'),
    max_seconds: whole(
      1,
      maxTaskSeconds,
      maxTaskSeconds,
      'Seconds that the crawl may run, pauses not counted.',
    ),
    host_concurrency: whole(1, hostConcurrency, hostConcurrency, 'Pages open at once on one host.'),
    host_delay_ms: hostDelay({ hostDelayMs }).default(hostDelayMs),
  };
}

/** The delay between visits to a host in a request; the operator's is the least. */
export function hostDelay({ hostDelayMs }: Pick<ApiSettings, 'hostDelayMs'>) {
  return wholeFrom(hostDelayMs, Math.max(MAX_DELAY_MS, hostDelayMs)).openapi({
    description: 'Milliseconds between the starts of two visits to one host.',
  });
}

type VisitFields = z.infer<z.ZodObject<ReturnType<typeof visitFields>>>;

/** Those fields as options of a crawl. */
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
