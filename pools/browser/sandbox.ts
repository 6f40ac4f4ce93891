import { execFile } from 'node:child_process';

/**
 * Whether a browser can put its renderers into a sandbox. On Linux that takes a user other than root and user
 * namespaces, which the kernel, a container or AppArmor may deny: only trying tells.
 *
 * @param path the `PATH` to find `unshare` on.
 */
export function canSandbox(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(true);
  if (process.getuid?.() === 0) return Promise.resolve(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const options = { env: { PATH: path }, timeout: 5_000 };
  execFile('unshare', ['--user', '--map-root-user', 'true'], options, (error) => resolve(error === null));
  return promise;
}
