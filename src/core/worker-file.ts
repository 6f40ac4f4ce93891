/**
 * URL of the module that a worker thread runs.
 *
 * @param path relative to the caller, with the caller's own extension.
 * @param caller the `import.meta.url` of the caller.
 */
export function workerFile(path: `./${string}`, caller: string): URL {
  return new URL(path, caller);
}
