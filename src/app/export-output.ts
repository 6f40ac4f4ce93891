import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportSitemapFiles, sitemapIndex } from '../core/export/sitemap.ts';
import type { ExportedSite } from '../model/site.ts';

/** Characters per write. */
const CHUNK = 65_536;

/** Writes to stdout at the speed of the reader. A reader that closes the pipe (EPIPE) is not an error. */
export async function writeToStdout(parts: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  try {
    await write(parts, process.stdout, signal, false);
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}

/** Writes to a temporary file and renames it when it is complete. */
export async function writeToFile(
  parts: AsyncIterable<string>,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await write(parts, createWriteStream(unfinished), signal, true);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Writes `sitemap.xml`; for a large site it is the index of `sitemap-1.xml`, `sitemap-2.xml` and so on. */
export async function writeSitemapFolder(
  site: ExportedSite,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const parts = exportSitemapFiles(site);
  const names: string[] = [];
  for (let next = await parts.next(); !next.done; ) {
    const { file } = next.value;
    const name = `sitemap-${file}.xml`;
    names.push(name);
    const own = async function* () {
      for (; !next.done && next.value.file === file; next = await parts.next()) yield next.value.text;
    };
    await writeToFile(own(), join(folder, name), signal);
  }
  const whole = join(folder, 'sitemap.xml');
  const [only = ''] = names;
  if (names.length === 1) await rename(join(folder, only), whole);
  else await writeFile(whole, sitemapIndex(site.site.url, names));
}

/** Whether a path is an existing folder or ends with a slash. */
export async function isFolder(path: string): Promise<boolean> {
  if (path.endsWith('/')) return true;
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

async function write(
  parts: AsyncIterable<string>,
  to: Writable,
  signal: AbortSignal,
  end: boolean,
): Promise<void> {
  await pipeline(Readable.from(chunksOf(parts), { highWaterMark: 1 }), to, { signal, end });
}

async function* chunksOf(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let gathered = '';
  for await (const part of parts) {
    gathered += part;
    if (gathered.length < CHUNK) continue;
    yield gathered;
    gathered = '';
  }
  if (gathered !== '') yield gathered;
}

function isClosedPipe(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')
  );
}
