import { describe, expect, it } from 'vitest';
import { SimulatedClock } from './simulated-clock.ts';

describe('a simulated clock', () => {
  it('runs what is due in the order of time, then of setting', async () => {
    const clock = new SimulatedClock(0);
    const ran: string[] = [];
    clock.after(20, () => ran.push(`late at ${clock.now()}`));
    clock.after(10, () => ran.push(`first at ${clock.now()}`));
    clock.after(10, () => ran.push(`second at ${clock.now()}`));
    await clock.advance(15);
    expect(ran).toEqual(['first at 10', 'second at 10']);
    expect([clock.now(), clock.timers]).toEqual([15, 1]);
    await clock.advance(5);
    expect(ran.at(-1)).toBe('late at 20');
  });

  it('meets timers that are set by what it runs, promise reactions included', async () => {
    const clock = new SimulatedClock(0);
    const ran: number[] = [];
    const tick = async (): Promise<void> => {
      await Promise.resolve();
      ran.push(clock.now());
      clock.after(10, () => void tick());
    };
    void tick();
    await clock.advance(30);
    expect(ran).toEqual([0, 10, 20, 30]);
  });

  it('does not run what was called off', async () => {
    const clock = new SimulatedClock(0);
    const ran: string[] = [];
    const cancelTimer = clock.after(10, () => ran.push('first'));
    clock.after(10, () => ran.push('second'));
    cancelTimer();
    await clock.advance(10);
    expect(ran).toEqual(['second']);
  });
});
