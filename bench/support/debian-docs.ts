import { execFile } from 'node:child_process';
import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface DocumentationSite {
  readonly name: string;
  /** Path in the unpacked package. */
  readonly folder: string;
  /** Path of the start page. */
  readonly start: string;
}

/** Documentation in Debian packages: real sites that can be served from loopback. */
export const SITES: readonly DocumentationSite[] = [
  { name: 'python3.11-doc', folder: 'usr/share/doc/python3.11/html', start: '/index.html' },
  { name: 'postgresql-doc-15', folder: 'usr/share/doc/postgresql-doc-15/html', start: '/index.html' },
];

/** Fetches and unpacks the package once. Returns the folder of its pages. Needs Debian's apt-get and dpkg-deb. */
export async function documentationFolder(site: DocumentationSite): Promise<string> {
  const cache = join(import.meta.dirname, '..', '..', '.cache', site.name);
  const folder = join(cache, site.folder);
  if (await exists(folder)) return folder;
  await mkdir(cache, { recursive: true });
  await run('apt-get', ['download', site.name], { cwd: cache }).catch(async () => {
    await run('apt-get', ['update']);
    await run('apt-get', ['download', site.name], { cwd: cache });
  });
  const [deb] = (await readdir(cache)).filter((name) => name.endsWith('.deb'));
  if (deb === undefined) throw new Error(`apt-get did not bring ${site.name}`);
  await run('dpkg-deb', ['-x', deb, '.'], { cwd: cache });
  return folder;
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
