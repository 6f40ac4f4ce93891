import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** `unknown`: the process runs in another PID namespace, on another machine, or ran before the last boot. */
export type ProcessState = 'alive' | 'gone' | 'unknown';

/**
 * Name of a run: `<host>.<pid>.<start of the process>.<suffix>`. It says which process the run belongs to, so that
 * other processes can see whether it lives. `suffix` distinguishes runs of one process and contains no dot.
 */
export function ownerName(suffix: string): string {
  return [host(), process.pid, startTime(process.pid) ?? 0, suffix].join('.');
}

/** State of the process behind a name that `ownerName` made. Never `gone` for a process that this one cannot see. */
export function ownerState(owner: string): ProcessState {
  const [where, pid, startedAt] = owner.split('.');
  if (where !== host() || pid === undefined) return 'unknown';
  return processState(Number(pid), startedAt);
}

function processState(pid: number, startedAt: string | undefined): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'gone';
  }
  const started = startTime(pid);
  return started === null || String(started) === startedAt ? 'alive' : 'gone';
}

let cachedHost: string | null = null;

/** Where a process id means one process: this boot of this machine, and in it this PID namespace (pid_namespaces(7)). */
function host(): string {
  cachedHost ??= createHash('sha256').update(hostTraits()).digest('hex').slice(0, 12);
  return cachedHost;
}

function hostTraits(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1') + readlinkSync('/proc/self/ns/pid');
  } catch {
    // A Linux container whose namespace cannot be read may share its host name with others: it judges itself alone.
    return process.platform === 'linux' ? randomUUID() : hostname();
  }
}

/** Clock ticks from boot to the start of the process (proc(5), field 22); null where there is no /proc. */
function startTime(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return null;
  }
}
