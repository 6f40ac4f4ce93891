import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDeps } from '../api-deps.ts';
import { PROMETHEUS_TYPE, prometheusText } from './prometheus-text.ts';

const TAGS = ['Service'];

const health = createRoute({
  method: 'get',
  path: '/health',
  tags: TAGS,
  summary: 'Check that the service runs',
  security: [],
  responses: {
    200: {
      description: 'The service runs',
      content: { 'application/json': { schema: z.object({ status: z.literal('ok') }).openapi('Health') } },
    },
  },
});

const ReadySchema = z
  .object({
    ready: z.boolean(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().nullable() })),
  })
  .openapi('Ready');

const ready = createRoute({
  method: 'get',
  path: '/ready',
  tags: TAGS,
  summary: 'Check that the service can work',
  security: [],
  responses: {
    200: { description: 'Every part works', content: { 'application/json': { schema: ReadySchema } } },
    503: { description: 'A part does not work', content: { 'application/json': { schema: ReadySchema } } },
  },
});

const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  tags: TAGS,
  summary: 'Metrics for Prometheus',
  responses: { 200: { description: 'Text format 0.0.4', content: { 'text/plain': { schema: z.string() } } } },
});

/** Registers liveness, readiness and metrics. */
export function systemRoutes(app: OpenAPIHono, deps: ApiDeps): void {
  app.openapi(health, (c) => c.json({ status: 'ok' as const }, 200));
  app.openapi(ready, async (c) => {
    const checks = (await deps.ready()).map(({ name, ok, detail }) => ({ name, ok, detail }));
    const isReady = checks.every(({ ok }) => ok);
    return c.json({ ready: isReady, checks }, isReady ? 200 : 503);
  });
  app.openapi(metrics, (c) =>
    c.text(prometheusText(deps.metrics()), 200, { 'Content-Type': PROMETHEUS_TYPE }),
  );
}
