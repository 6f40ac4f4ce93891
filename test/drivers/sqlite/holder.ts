import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Holder } from '../../conformance/task-queue/harness.ts';
import { within } from '../../support/within.ts';

const program = fileURLToPath(new URL('./holder-process.ts', import.meta.url));

/** Starts a process that takes a task of this file; resolves once it has. */
export async function startHolder(path: string): Promise<Holder> {
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
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
  return { kill, [Symbol.asyncDispose]: kill };
}
