import { fileURLToPath } from 'node:url';

/** Path of the module that the thread runs. */
export function extractWorkerFile(): string {
  return fileURLToPath(new URL('./extract-worker.ts', import.meta.url));
}
