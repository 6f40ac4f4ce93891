import { readdir, readFile, readlink } from 'node:fs/promises';

/** proc(5): the state of a TCP socket that listens. */
const LISTEN = '0A';
/** 127.0.0.1 and ::1 as /proc/net writes them: words of four bytes in the machine's order. */
const LOOPBACK = ['0100007F', '00000000000000000000000001000000'];

export interface ListeningSocket {
  readonly port: number;
  /** Whether only this machine can reach the socket. */
  readonly isLoopback: boolean;
}

/** The listening TCP sockets of this process and its children. Linux only. */
export async function listeningSockets(pid: number): Promise<readonly ListeningSocket[]> {
  const inodes = new Set<string>();
  for (const each of [pid, ...(await descendantsOf(pid))]) {
    for (const inode of await socketsOf(each)) inodes.add(inode);
  }
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8')),
  );
  return tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTEN && inodes.has(fields[9] ?? ''))
    .map(([, local = '']) => {
      const [address = '', port = ''] = local.split(':');
      return { port: Number.parseInt(port, 16), isLoopback: LOOPBACK.includes(address) };
    });
}

async function descendantsOf(pid: number): Promise<readonly number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  const children = lists.flatMap((list) => list.split(' ').map(Number).filter(Boolean));
  const below = await Promise.all(children.map(descendantsOf));
  return [...children, ...below.flat()];
}

/** Inode numbers of a process's open sockets: `socket:[12345]`. */
async function socketsOf(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
}
