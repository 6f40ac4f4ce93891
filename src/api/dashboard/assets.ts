import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

/** A file that the dashboard or the reference page is made of. */
export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const SITE = new URL('./site/', import.meta.url);
const NAME = /^[a-z][a-z-]*\.(?:css|js|svg)$/;

/** Whether a name can be one of a file that is served beside the dashboard's page. */
export function isAssetName(name: string): boolean {
  return NAME.test(name);
}

/** A file of the folder `site`; null if there is none of this name. */
export async function readAsset(name: string): Promise<Asset | null> {
  const content = await readFile(new URL(name, SITE)).catch(() => null);
  if (content === null) return null;
  const body = new Uint8Array(content);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, etag, type: TYPES[extname(name)] ?? 'application/octet-stream' };
}
