import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBrowser } from '../../../pools/browser/find-browser.ts';

/** Set before Playwright is imported, so that what it has installed on this machine does not matter. */
const registry = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/waymark-registry-${process.pid}`;
  process.env['PLAYWRIGHT_BROWSERS_PATH'] = folder;
  return folder;
});

let home = '';

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'waymark-browsers-'));
  return () => rm(home, { recursive: true });
});

afterAll(() => rm(registry, { recursive: true, force: true }));

/** Leaves a program there. */
async function program(path: string, mode = 0o755): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '#!/bin/sh\n', { mode });
  return path;
}

describe('findBrowser', () => {
  it('takes the one that is set, whatever else there is', async () => {
    const set = await program(join(home, 'set', 'my-browser'));
    await program(join(home, 'bin', 'chromium'));
    const found = await findBrowser({ executablePath: set, path: join(home, 'bin'), cacheDir: home });
    expect(found).toMatchObject({ source: 'setting', executablePath: set, headlessShell: false });
  });

  it.each(['missing', 'folder', 'data'])('refuses a setting that is no program: %s', async (name) => {
    await mkdir(join(home, 'folder'));
    await program(join(home, 'data'), 0o644);
    const executablePath = join(home, name);
    await expect(findBrowser({ executablePath, path: '', cacheDir: home })).rejects.toMatchObject({
      code: 'browser-not-found',
      message: expect.stringContaining(`CHROMIUM_PATH is ${executablePath}`),
    });
  });

  it('takes the one that Playwright installed before one on the system, the headless shell before the other', async () => {
    await program(join(home, 'bin', 'chromium'));
    const search = { executablePath: null, path: join(home, 'bin'), cacheDir: home };
    const chrome = await program(chromium.executablePath());
    expect(await findBrowser(search)).toMatchObject({
      source: 'playwright',
      executablePath: chrome,
      headlessShell: false,
    });
    const revision = /chromium-(\d+)/.exec(chrome)?.[1];
    const shell = join(
      registry,
      `chromium_headless_shell-${revision}`,
      'chrome-here',
      'chrome-headless-shell',
    );
    await program(shell);
    expect(await findBrowser(search)).toMatchObject({
      source: 'playwright',
      executablePath: shell,
      headlessShell: true,
    });
    await rm(registry, { recursive: true });
  });

  it('takes the first on the PATH', async () => {
    await program(join(home, 'b', 'google-chrome'));
    await program(join(home, 'a', 'chromium'), 0o644);
    const chromiumPath = await program(join(home, 'c', 'chromium'));
    const path = ['a', 'b', 'c'].map((folder) => join(home, folder)).join(delimiter);
    const found = await findBrowser({ executablePath: null, path, cacheDir: home });
    expect(found).toMatchObject({ source: 'system', executablePath: chromiumPath, args: [] });
  });

  it('gives the browser an environment without our secrets', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'secret');
    const executablePath = await program(join(home, 'browser'));
    const { env } = await findBrowser({ executablePath, path: '/bin', cacheDir: home });
    expect(env).toEqual({ PATH: '/bin', HOME: expect.any(String), TMPDIR: expect.any(String) });
    vi.unstubAllEnvs();
  });

  it('says where it looked and what to do if there is none', async () => {
    const cacheDir = join(await program(join(home, 'a-file')), 'below-a-file');
    await expect(findBrowser({ executablePath: null, path: '', cacheDir })).rejects.toMatchObject({
      code: 'browser-not-found',
      message: expect.stringMatching(
        /CHROMIUM_PATH.*Playwright.*google-chrome.*shipped.*npx playwright install/,
      ),
    });
  });
});
