import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { tempDir } from '../support/temp-dir.ts';
import { until } from '../support/until.ts';
import { within } from '../support/within.ts';

const MINUTE = 60_000;
const LAUNCHER = fileURLToPath(new URL('../../src/launch.mjs', import.meta.url));

async function health(port: number): Promise<true | null> {
  const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
  return response?.ok === true ? true : null;
}

/** The process that runs `src/main.ts` below the launcher. */
function serviceBelow(launcher: ChildProcess): number | null {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = readProc(pid, 'stat');
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (parent === String(launcher.pid) && readProc(pid, 'cmdline').includes('src/main.ts'))
      return Number(pid);
  }
  return null;
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

function launch(port: number, storageDir: string): ChildProcess {
  const neutral = { REDIS_URL: '', NEO4J_URL: '', API_TOKEN: '' };
  const env = { ...process.env, ...neutral, PORT: String(port), STORAGE_DIR: storageDir };
  return spawn(process.execPath, [LAUNCHER, 'serve'], { env, stdio: 'ignore' });
}

describe('the launcher of the service', { timeout: 3 * MINUTE }, () => {
  it('starts it again when it dies, and not when it is stopped', async () => {
    const port = await freePort();
    await using storage = await tempDir();
    const launcher = launch(port, storage.path);
    try {
      await until('the service is healthy', () => health(port), MINUTE);
      const first = serviceBelow(launcher);
      expect(first).not.toBeNull();
      process.kill(Number(first), 'SIGKILL');
      await until(
        'another service is healthy',
        async () => (serviceBelow(launcher) === first ? null : health(port)),
        MINUTE,
      );
      launcher.kill('SIGTERM');
      await within('the launcher ends', once(launcher, 'exit'), MINUTE);
      expect(await health(port)).toBeNull();
    } finally {
      launcher.kill('SIGKILL');
    }
  });

  it('ends with a service that somebody stops before it handles signals', async () => {
    await using storage = await tempDir();
    const launcher = launch(await freePort(), storage.path);
    const ended = once(launcher, 'exit');
    try {
      const service = await until('the service starts', async () => serviceBelow(launcher), MINUTE);
      process.kill(service, 'SIGTERM');
      await within('the launcher ends', ended, MINUTE);
    } finally {
      launcher.kill('SIGKILL');
    }
  });
});
