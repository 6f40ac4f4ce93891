import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Holder } from '../../conformance/task-queue/harness.ts';
import { within } from '../../support/within.ts';

const program = fileURLToPath(new URL('./holder-process.ts', import.meta.url));

export interface HaltableHolder extends Holder {
  /** Lets it stand still (SIGSTOP), as a machine that swaps does. */
  halt(): void;
  /** Lets it go on (SIGCONT). */
  goOn(): void;
}

/** Starts a process that takes a task of this namespace; resolves once it has. */
export async function startHolder(url: string, namespace: string, lockMs = 12_000): Promise<HaltableHolder> {
  const args = [program, url, namespace, String(lockMs)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await within('the other process is gone', exited);
  };
  try {
    await within('the other process has taken a task', once(child.stdout, 'data'));
  } catch (error) {
    await kill();
    throw error;
  }
  return {
    kill,
    halt: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: kill,
  };
}
