import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const INSTALL_MS = 300_000;
/** Debian starts a service that it installs unless this file says no (policy-rc.d, exit status 101). */
const POLICY = '/usr/sbin/policy-rc.d';

/** One process at a time; those who waited find it there. */
const INSTALL = `
  command -v redis-server > /dev/null && exit 0
  if [ ! -e ${POLICY} ]; then
    printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}
    trap 'rm -f ${POLICY}' EXIT
  fi
  apt-get update && apt-get install -y --no-install-recommends redis-server`;

/** Path of a `redis-server`; as root on Debian or Ubuntu it is installed, but not started as a service. */
export async function redisProgram(): Promise<string> {
  const found = await onPath('redis-server');
  if (found !== null) return found;
  await install();
  const installed = await onPath('redis-server');
  if (installed === null) throw new Error('apt-get brought no redis-server');
  return installed;
}

async function install(): Promise<void> {
  if (process.getuid?.() !== 0 || (await onPath('apt-get')) === null || (await onPath('flock')) === null) {
    throw new Error('there is no redis-server on the PATH (apt-get install redis-server)');
  }
  const lock = join(tmpdir(), 'waymark-redis-install.lock');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('flock', [lock, 'sh', '-c', INSTALL], { env, timeout: INSTALL_MS });
}

async function onPath(program: string): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    if (await isExecutable(path)) return path;
  }
  return null;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
