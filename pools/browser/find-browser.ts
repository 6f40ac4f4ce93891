import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { chromium } from 'playwright';
import { messageOf, WaymarkError } from '../../src/core/errors.ts';
import { hasShippedBrowser, unpackShippedBrowser } from './shipped-browser.ts';

export interface BrowserSearch {
  /** The setting `CHROMIUM_PATH`; null if it is not set. If it is set, nothing else is tried. */
  readonly executablePath: string | null;
  /** The `PATH` to look for a system browser on. */
  readonly path: string;
  /** A writable folder: the shipped browser is unpacked there if no other is found. */
  readonly cacheDir: string;
}

export interface FoundBrowser {
  readonly executablePath: string;
  /** Command-line switches that this browser needs on this machine in addition to those of Playwright. */
  readonly args: readonly string[];
  /** The whole environment of the browser's process: that of this process may hold secrets. */
  readonly env: Readonly<Record<string, string>>;
  readonly source: 'setting' | 'playwright' | 'system' | 'shipped';
  /** The lean build without windows; it renders more pages a second. */
  readonly headlessShell: boolean;
  /** For Playwright's `chromiumSandbox`: false as root, and where user namespaces are denied. */
  readonly sandbox: boolean;
}

interface Candidate {
  readonly source: FoundBrowser['source'];
  readonly executablePath: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Names in the packages of Debian, Fedora, Google and Playwright. */
const SYSTEM_NAMES = [
  'chromium',
  'chromium-browser',
  'chromium-headless-shell',
  'chrome-headless-shell',
  'google-chrome-stable',
  'google-chrome',
];

/**
 * The browser to crawl with: the one set, else one that Playwright installed, else one on the system, else the one
 * shipped with the product. Rejects with a `WaymarkError` `browser-not-found` that says where it looked.
 */
export async function findBrowser(search: BrowserSearch): Promise<FoundBrowser> {
  const { source, executablePath, env } = await firstCandidate(search);
  return {
    executablePath,
    args: [],
    env: { PATH: search.path, HOME: homedir(), TMPDIR: tmpdir(), ...env },
    source,
    headlessShell: source === 'shipped' || /headless[-_]shell/.test(basename(executablePath)),
    sandbox: await canSandbox(search.path),
  };
}

async function firstCandidate(search: BrowserSearch): Promise<Candidate> {
  if (search.executablePath !== null) return fromSetting(search.executablePath);
  return (await fromPlaywright()) ?? (await fromSystem(search.path)) ?? (await fromShipped(search.cacheDir));
}

async function fromSetting(executablePath: string): Promise<Candidate> {
  if (await isProgram(executablePath)) return { source: 'setting', executablePath };
  const message = `CHROMIUM_PATH is ${executablePath}, which is no program. Correct the setting, or unset it so that a browser is searched for.`;
  throw new WaymarkError('browser-not-found', message);
}

/** Prefers the headless shell of the same revision: `chromium-1234/…/chrome`, `chromium_headless_shell-1234/…`. */
async function fromPlaywright(): Promise<Candidate | null> {
  const chrome = playwrightPath();
  const [, registry, revision] = /^(.*)[\\/]chromium-(\d+)[\\/]/.exec(chrome) ?? [];
  const shells =
    registry === undefined ? [] : await shellsBelow(join(registry, `chromium_headless_shell-${revision}`));
  for (const executablePath of [...shells, chrome]) {
    if (await isProgram(executablePath)) return { source: 'playwright', executablePath };
  }
  return null;
}

/** Playwright throws on a platform without a browser. */
function playwrightPath(): string {
  try {
    return chromium.executablePath();
  } catch {
    return '';
  }
}

/** `<folder>/<platform>/chrome-headless-shell` for every platform there. */
async function shellsBelow(folder: string): Promise<string[]> {
  const platforms = await readdir(folder).catch(() => []);
  const name = process.platform === 'win32' ? 'chrome-headless-shell.exe' : 'chrome-headless-shell';
  return platforms.map((platform) => join(folder, platform, name));
}

async function fromSystem(path: string): Promise<Candidate | null> {
  const folders = path.split(delimiter).filter(Boolean);
  for (const name of SYSTEM_NAMES) {
    for (const folder of folders) {
      const executablePath = join(folder, name);
      if (await isProgram(executablePath)) return { source: 'system', executablePath };
    }
  }
  return null;
}

async function fromShipped(cacheDir: string): Promise<Candidate> {
  if (!hasShippedBrowser()) throw notFound(`there is none for ${process.platform} on ${process.arch}`);
  try {
    return { source: 'shipped', ...(await unpackShippedBrowser(cacheDir)) };
  } catch (error) {
    throw notFound(`it could not be unpacked into ${cacheDir}: ${messageOf(error)}`, error);
  }
}

function notFound(problem: string, cause?: unknown): WaymarkError {
  const message = [
    'No browser was found. Looked for CHROMIUM_PATH (not set),',
    `one that Playwright installed (${playwrightPath() || 'none for this machine'}),`,
    `one on the PATH (${SYSTEM_NAMES.join(', ')})`,
    `and the shipped one (${problem}).`,
    'Install Chromium with "npx playwright install --with-deps chromium-headless-shell", or set CHROMIUM_PATH.',
  ].join(' ');
  return new WaymarkError('browser-not-found', message, cause === undefined ? undefined : { cause });
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/**
 * Whether a browser can run its renderers in a sandbox. On Linux that requires a user other than root and user
 * namespaces, which the kernel, a container or AppArmor may deny; this tries to create one.
 *
 * @param path the `PATH` to find `unshare` on.
 */
export function canSandbox(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(true);
  if (process.getuid?.() === 0) return Promise.resolve(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const options = { env: { PATH: path }, timeout: 5_000 };
  execFile('unshare', ['--user', '--map-root-user', 'true'], options, (error) => resolve(error === null));
  return promise;
}
