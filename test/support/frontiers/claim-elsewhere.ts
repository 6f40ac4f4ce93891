import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { within } from '../within.ts';

export interface FirstClaim {
  /** From the start of the process to its first page. */
  readonly ms: number;
  /** Resident memory at that moment. */
  readonly bytes: number;
}

/** Claims a page of a frontier in a new process, like one that resumes a crawl. */
export async function firstClaim(address: string): Promise<FirstClaim> {
  const child = fork(join(import.meta.dirname, 'first-claim.ts'), [address]);
  const exited = once(child, 'exit');
  const [report] = (await within(
    'a fresh process claims a page',
    Promise.race([
      once(child, 'message'),
      exited.then(() => Promise.reject(new Error('the process ended before its first claim'))),
    ]),
    60_000,
  )) as [FirstClaim];
  await exited;
  return report;
}
