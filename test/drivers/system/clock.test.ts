import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/drivers/system/clock.ts';
import { within } from '../../support/within.ts';

describe('the system clock', () => {
  it('returns the time since the epoch', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('runs what is due and not what was called off', async () => {
    const ran: string[] = [];
    const cancelTimer = systemClock.after(1, () => ran.push('called off'));
    cancelTimer();
    await within('the timer runs', new Promise<void>((resolve) => void systemClock.after(5, resolve)));
    expect(ran).toEqual([]);
  });
});
