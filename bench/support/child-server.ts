import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface ChildServer extends AsyncDisposable {
  readonly origin: string;
}

/** Starts a server script of this folder in its own process, so that it does not share the bench's event loop. */
export async function startChildServer(script: string, args: readonly string[]): Promise<ChildServer> {
  const child = fork(join(import.meta.dirname, script), [...args]);
  const [port] = await once(child, 'message');
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
