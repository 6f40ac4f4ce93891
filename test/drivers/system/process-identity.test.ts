import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ownerName, ownerState } from '../../../src/drivers/system/process-identity.ts';
import { within } from '../../support/within.ts';

/** The name that this process would have with other parts. */
function nameWith(parts: { host?: string; pid?: number; startedAt?: string }): string {
  const [host, pid, startedAt] = ownerName('run').split('.');
  return [parts.host ?? host, parts.pid ?? pid, parts.startedAt ?? startedAt, 'run'].join('.');
}

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await within('the process ends', once(child, 'exit'));
  return child.pid ?? 0;
}

describe('the identity of a process', () => {
  it('is alive while the process runs', () => {
    expect(ownerState(ownerName('run'))).toBe('alive');
  });

  it('is dead once the process has ended', async () => {
    expect(ownerState(nameWith({ pid: await endedProcess(), startedAt: '1' }))).toBe('gone');
  });

  it.runIf(process.platform === 'linux')('is dead when another process has its id', () => {
    expect(ownerState(nameWith({ startedAt: '1' }))).toBe('gone');
  });

  it('is unknown in another PID namespace, whatever runs here under the same id', async () => {
    const host = '0123456789ab';
    expect(ownerState(nameWith({ host }))).toBe('unknown');
    expect(ownerState(nameWith({ host, pid: await endedProcess() }))).toBe('unknown');
  });

  it('is unknown for a name of another form', () => {
    for (const name of ['', 'run', '1.2.run']) expect(ownerState(name)).toBe('unknown');
  });
});
