import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { isAssetName, readAsset } from './assets.ts';

/** The dashboard, and the files that it and the reference page load. */
export function dashboardRoutes(app: OpenAPIHono): void {
  app.get('/', (c) => answerAsset(c, 'index.html'));
  app.get('/assets/:name', (c) => {
    const name = c.req.param('name');
    return isAssetName(name) ? answerAsset(c, name) : c.notFound();
  });
}

async function answerAsset(c: Context, name: string): Promise<Response> {
  const asset = await readAsset(name);
  if (asset === null) return c.notFound();
  c.header('ETag', asset.etag);
  c.header('Cache-Control', 'no-cache');
  if (c.req.header('If-None-Match') === asset.etag) return c.body(null, 304);
  return c.body(asset.body, 200, { 'Content-Type': asset.type });
}
