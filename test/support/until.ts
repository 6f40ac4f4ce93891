import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../src/core/errors.ts';

const EVERY_MS = 50;

/**
 * Asks again and again until `probe` answers something else than null; a probe that throws has no answer yet. Rejects
 * with `label` and the last error after `ms` milliseconds. For what another process does and cannot tell us of.
 */
export async function until<T>(label: string, probe: () => Promise<T | null>, ms = 10_000): Promise<T> {
  const deadline = performance.now() + ms;
  let last = '';
  while (performance.now() < deadline) {
    try {
      const answer = await probe();
      if (answer !== null) return answer;
      last = '';
    } catch (error) {
      last = ` (${messageOf(error)})`;
    }
    await pause(EVERY_MS);
  }
  throw new Error(`waited ${ms} ms in vain: ${label}${last}`);
}
