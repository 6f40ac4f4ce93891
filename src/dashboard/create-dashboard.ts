import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { type Context, Hono } from 'hono';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const SITE = new URL('./site/', import.meta.url);
const ASSET_NAME = /^[a-z][a-z-]*\.(?:css|js|svg)$/;

interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

/** The dashboard at `/`, and at `/assets/` the files that it and the API's reference page load. */
export function createDashboard(): Hono {
  const app = new Hono();
  app.get('/', (c) => sendAsset(c, 'index.html'));
  app.get('/assets/:name', (c) => {
    const name = c.req.param('name');
    return ASSET_NAME.test(name) ? sendAsset(c, name) : c.notFound();
  });
  return app;
}

async function sendAsset(c: Context, name: string): Promise<Response> {
  const asset = await readAsset(name);
  if (asset === null) return c.notFound();
  c.header('ETag', asset.etag);
  c.header('Cache-Control', 'no-cache');
  if (c.req.header('If-None-Match') === asset.etag) return c.body(null, 304);
  return c.body(asset.body, 200, { 'Content-Type': asset.type });
}

/** Reads a file of the folder `site`; null if there is none of this name. */
async function readAsset(name: string): Promise<Asset | null> {
  const content = await readFile(new URL(name, SITE)).catch(() => null);
  if (content === null) return null;
  const body = new Uint8Array(content);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, etag, type: TYPES[extname(name)] ?? 'application/octet-stream' };
}
