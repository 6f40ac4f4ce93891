import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const INSTALL_MS = 300_000;
/** Debian starts an installed service unless this file denies it (policy-rc.d, exit status 101). */
const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Returns the path of a program. As root on Debian or Ubuntu, installs the package of a missing program without starting
 * a service. Rejects with advice if the program cannot be found.
 */
export async function debianProgram(program: string, packageName: string): Promise<string> {
  const found = await onPath(program);
  if (found !== null) return found;
  await install(program, packageName);
  const installed = await onPath(program);
  if (installed === null) throw new Error(`apt-get brought no ${program}`);
  return installed;
}

async function install(program: string, packageName: string): Promise<void> {
  if (process.getuid?.() !== 0 || (await onPath('apt-get')) === null || (await onPath('flock')) === null) {
    throw new Error(`there is no ${program} on the PATH (apt-get install ${packageName})`);
  }
  const lock = join(tmpdir(), 'waymark-install.lock');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('flock', [lock, 'sh', '-c', script(program, packageName)], { env, timeout: INSTALL_MS });
}

/** One process installs at a time; processes that waited find the program installed. */
function script(program: string, packageName: string): string {
  return `
    command -v ${program} > /dev/null && exit 0
    if [ ! -e ${POLICY} ]; then
      printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}
      trap 'rm -f ${POLICY}' EXIT
    fi
    apt-get update && apt-get install -y --no-install-recommends ${packageName}`;
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
