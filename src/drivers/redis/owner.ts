import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A name for one run that tells its process, and the machine on which others can see whether that lives. */
export function ownerName(suffix: string): string {
  return [machine(), process.pid, startTime(process.pid) ?? 0, suffix].join('.');
}

/** Whether the process that took this name is known to be gone: false for one on another machine. */
export function ownerIsGone(owner: string): boolean {
  const [where, pid, startedAt] = owner.split('.');
  if (where !== machine() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const started = startTime(Number(pid));
  return started !== null && String(started) !== startedAt;
}

let known: string | null = null;

/** Where process ids mean the same: this boot of this machine, and within it this container (pid_namespaces(7)). */
function machine(): string {
  known ??= createHash('sha256').update(machineTraits()).digest('hex').slice(0, 12);
  return known;
}

function machineTraits(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1') + readlinkSync('/proc/self/ns/pid');
  } catch {
    return hostname();
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
