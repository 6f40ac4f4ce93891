import { readdir, readFile } from 'node:fs/promises';

const PAGE_BYTES = 4096;

/** Bytes of private memory of all descendants of a process, read from /proc; null where there is no /proc. */
export async function browserMemory(ownPid: number): Promise<number | null> {
  const parents = await readParents();
  if (parents === null) return null;
  let bytes = 0;
  for (const pid of descendantsOf(ownPid, parents)) bytes += await privateBytes(pid);
  return bytes;
}

async function readParents(): Promise<ReadonlyMap<number, number> | null> {
  const names = await readdir('/proc').catch(() => null);
  if (names === null) return null;
  const pids = names.map(Number).filter(Number.isInteger);
  const pairs = await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const));
  return new Map(pairs);
}

/** proc(5): the fourth field of stat, after the command in brackets. */
async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function descendantsOf(root: number, parents: ReadonlyMap<number, number>): readonly number[] {
  const children = Map.groupBy(parents.keys(), (pid) => parents.get(pid));
  const found: number[] = [];
  for (
    let next = children.get(root) ?? [];
    next.length > 0;
    next = next.flatMap((pid) => children.get(pid) ?? [])
  ) {
    found.push(...next);
  }
  return found;
}

/** proc(5): statm counts pages: total, resident, shared, … */
async function privateBytes(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '0 0 0');
  const [, resident = 0, shared = 0] = statm.split(' ').map(Number);
  return (resident - shared) * PAGE_BYTES;
}
