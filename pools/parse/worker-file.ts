import { fileURLToPath } from 'node:url';

/** Path of the module that the pool's threads run. */
export function parseWorkerFile(): string {
  return fileURLToPath(new URL('./parse-worker.ts', import.meta.url));
}
