import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { workerFile } from '../../src/core/worker-file.ts';

export interface ShippedBrowser {
  readonly executablePath: string;
  /** Paths of the libraries and fonts that are shipped with it. */
  readonly env: Readonly<Record<string, string>>;
}

/** The shipped fonts, and those of the machine for scripts that they lack. */
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** Whether the browser that `@sparticuz/chromium` ships runs on this kind of machine. */
export function hasShippedBrowser(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * The headless shell of `@sparticuz/chromium` (about 210 MB), unpacked once into `<cacheDir>/chromium-<version>`.
 * Safe in any number of processes at once: each unpacks into a folder of its own, and the first to finish wins.
 * Rejects with the system error if it cannot write to the folder.
 */
export async function unpackShippedBrowser(cacheDir: string): Promise<ShippedBrowser> {
  const home = resolve(cacheDir, `chromium-${await shippedVersion()}`);
  const executablePath = join(home, 'chromium');
  if (!existsSync(executablePath)) await unpackInto(home);
  const env = { LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_PATH: join(home, 'fonts') };
  return { executablePath, env };
}

async function shippedVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest: unknown = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

async function unpackInto(home: string): Promise<void> {
  await mkdir(dirname(home), { recursive: true });
  const unpacked = await mkdtemp(`${home}.unpacking-`);
  try {
    await runUnpacker(unpacked);
    await writeFile(join(unpacked, 'fonts', 'fonts.conf'), FONTS_CONF);
    for (const path of [unpacked, join(unpacked, 'chromium')]) await chmod(path, 0o755);
    await rename(unpacked, home);
  } catch (error) {
    if (!existsSync(join(home, 'chromium'))) throw error;
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

function runUnpacker(tmpdir: string): Promise<void> {
  const { promise, resolve: done, reject } = Promise.withResolvers<void>();
  new Worker(workerFile('./unpack-worker.ts', import.meta.url), { env: { TMPDIR: tmpdir }, execArgv: [] })
    .once('error', reject)
    .once('exit', () => done());
  return promise;
}
