import { readdir, readFile, rm } from 'node:fs/promises';

/** proc(5): `statm` counts pages of this size. */
const PAGE_BYTES = 4096;

export interface ProcessMemory {
  readonly pid: number;
  /** Resident memory without shared pages, in bytes. */
  readonly bytes: number;
  /** The arguments that the process was started with. */
  readonly command: string;
}

/**
 * The processes below this one with their memory, read from /proc. Null where there is no /proc. Only processes of this
 * tree are read in full, so the cost grows with the machine's processes by one small file each.
 */
export async function processTree(root: number): Promise<readonly ProcessMemory[] | null> {
  const parents = await readParents();
  if (parents === null) return null;
  return Promise.all(
    descendantsOf(root, parents).map(async (pid) => ({
      pid,
      bytes: await privateBytes(pid),
      command: await commandOf(pid),
    })),
  );
}

/** Kills every browser with a profile in this folder, whoever its parent is by now, and deletes the folder. */
export async function deleteProfiles(folder: string): Promise<void> {
  for (const pid of (await readPids()) ?? []) {
    if ((await commandOf(pid)).includes(folder)) killQuietly(pid);
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function readPids(): Promise<readonly number[] | null> {
  const names = await readdir('/proc').catch(() => null);
  return names?.map(Number).filter(Number.isInteger) ?? null;
}

async function readParents(): Promise<ReadonlyMap<number, number> | null> {
  const pids = await readPids();
  if (pids === null) return null;
  return new Map(await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)));
}

/** proc(5): the fourth field of `stat`, after the command in brackets. */
async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function descendantsOf(root: number, parents: ReadonlyMap<number, number>): readonly number[] {
  const children = Map.groupBy(parents.keys(), (pid) => parents.get(pid));
  const found: number[] = [];
  let next = children.get(root) ?? [];
  while (next.length > 0) {
    found.push(...next);
    next = next.flatMap((pid) => children.get(pid) ?? []);
  }
  return found;
}

async function privateBytes(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '0 0 0');
  const [, resident = 0, shared = 0] = statm.split(' ').map(Number);
  return (resident - shared) * PAGE_BYTES;
}

async function commandOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
}
