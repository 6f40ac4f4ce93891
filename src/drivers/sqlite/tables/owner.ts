import { readFileSync } from 'node:fs';

/** A name for a process that tells whether it still lives, on the machine that shares the file. */
export function ownerName(pid: number, suffix: string): string {
  return `${pid}.${startTime(pid) ?? 0}.${suffix}`;
}

/** Whether the process that took this name is still running. */
export function ownerLives(owner: string): boolean {
  const [pid, startedAt] = owner.split('.').map(Number);
  if (pid === undefined || !Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const started = startTime(pid);
  return started === null || started === startedAt;
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
