import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../src/core/errors.ts';

const EVERY_MS = 50;

/**
 * Polls until `probe` returns a value other than null; a probe that throws counts as null. Rejects with `label` and the
 * last error after `ms` milliseconds. For effects of another process that sends no notification.
 */
export async function until<T>(label: string, probe: () => Promise<T | null>, ms = 10_000): Promise<T> {
  const deadline = performance.now() + ms;
  let last = '';
  while (performance.now() < deadline) {
    try {
      const response = await probe();
      if (response !== null) return response;
      last = '';
    } catch (error) {
      last = ` (${messageOf(error)})`;
    }
    await pause(EVERY_MS);
  }
  throw new Error(`waited ${ms} ms in vain: ${label}${last}`);
}
