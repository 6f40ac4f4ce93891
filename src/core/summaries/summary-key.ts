import { createHash } from 'node:crypto';
import type { Subject } from '../../model/summary.ts';

/** Under which a summary is remembered: what was read, and everything that its wording depends on. 128 bits of SHA-256, in hex. */
export function summaryKey(variant: string, { level, title, text }: Subject): string {
  const of = JSON.stringify([variant, level, title, text]);
  return createHash('sha256').update(of).digest('hex').slice(0, 32);
}
