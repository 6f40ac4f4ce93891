import { describe, expect, it } from 'vitest';
import { WorkerLifetime } from '../../src/app/worker-lifetime.ts';
import { SimulatedClock } from '../support/simulated-clock.ts';
import { within } from '../support/within.ts';

const MEGABYTE = 1024 * 1024;
const LIMITS = { tasks: 3, memoryMb: 500 };

describe('the life of a worker process', () => {
  it('is over after a number of tasks', async () => {
    const lifetime = new WorkerLifetime(LIMITS, new SimulatedClock(), () => 0);
    const ended: string[] = [];
    void lifetime.over.then((why) => ended.push(why));
    lifetime.taskEnded();
    lifetime.taskEnded();
    await Promise.resolve();
    expect(ended).toEqual([]);
    lifetime.taskEnded();
    expect(await within('it is over', lifetime.over)).toBe('it has run 3 tasks');
  });

  it('is over when its memory has grown past the bound', async () => {
    const clock = new SimulatedClock();
    let memory = 500 * MEGABYTE;
    const lifetime = new WorkerLifetime(LIMITS, clock, () => memory);
    const ended: string[] = [];
    void lifetime.over.then((why) => ended.push(why));
    await clock.advance(60_000);
    expect(ended).toEqual([]);
    memory = 501 * MEGABYTE;
    await clock.advance(1000);
    expect(await within('it is over', lifetime.over)).toBe('its memory has grown to 501 MB');
  });

  it('is looked at no more once it was stopped', async () => {
    const clock = new SimulatedClock();
    let looks = 0;
    const lifetime = new WorkerLifetime(LIMITS, clock, () => {
      looks += 1;
      return 0;
    });
    lifetime.stop();
    await clock.advance(60_000);
    expect(looks).toBe(1);
  });
});
