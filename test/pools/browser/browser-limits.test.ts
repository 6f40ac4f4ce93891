import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BrowserLimits } from '../../../pools/browser/browser-limits.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { until } from '../../support/until.ts';
import { within } from '../../support/within.ts';

/** A process that stands for a browser: its arguments name the profile. */
async function browserWith(profile: string, bytes: number): Promise<ChildProcess> {
  await mkdir(profile);
  await writeFile(join(profile, 'cache'), new Uint8Array(bytes));
  return spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', profile], { stdio: 'ignore' });
}

describe('BrowserLimits', () => {
  it('kills the browser whose profile is too large, deletes the profile, and leaves the others alone', async () => {
    await using dir = await tempDir();
    const [small, large] = [join(dir.path, 'small'), join(dir.path, 'large')];
    const innocent = await browserWith(small, 10);
    const hostile = await browserWith(large, 2000);
    const ended = once(hostile, 'exit');
    await using _limits = new BrowserLimits({
      maxMemoryBytes: 1e12,
      profileDir: dir.path,
      maxProfileBytes: 1000,
      retireBrowsers: async () => {},
    });
    try {
      expect(await within('the browser with the large profile ends', ended)).toEqual([null, 'SIGKILL']);
      await until('its profile is deleted', async () => (existsSync(large) ? null : true));
      expect(existsSync(small)).toBe(true);
      expect(innocent.exitCode ?? innocent.signalCode).toBeNull();
    } finally {
      innocent.kill('SIGKILL');
    }
  });
});
