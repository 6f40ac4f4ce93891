import { describe, expect, it } from 'vitest';
import { Deadline, withDeadline } from '../../src/core/deadline.ts';
import { SimulatedClock } from '../support/simulated-clock.ts';

const late = new Error('late');
const error = () => late;

describe('Deadline', () => {
  it('aborts its signal when the time is over', async () => {
    const clock = new SimulatedClock();
    using deadline = new Deadline({ ms: 100, clock, error });
    await clock.advance(99);
    expect([deadline.signal.aborted, deadline.hasPassed]).toEqual([false, false]);
    await clock.advance(1);
    expect([deadline.signal.reason, deadline.hasPassed]).toEqual([late, true]);
  });

  it('aborts earlier with the reason of its parent', async () => {
    const clock = new SimulatedClock();
    const parent = new AbortController();
    using deadline = new Deadline({ ms: 100, clock, error, parent: parent.signal });
    const reason = new Error('not wanted');
    parent.abort(reason);
    await clock.advance(100);
    expect([deadline.signal.reason, deadline.hasPassed]).toEqual([reason, false]);
  });

  it('aborts when its parent has aborted already', () => {
    const reason = new Error('not wanted');
    const parent = AbortSignal.abort(reason);
    using deadline = new Deadline({ ms: 100, clock: new SimulatedClock(), error, parent });
    expect(deadline.signal.reason).toBe(reason);
  });

  it('ends what runs under it and its timer on disposal', () => {
    const clock = new SimulatedClock();
    const deadline = new Deadline({ ms: 100, clock, error });
    deadline[Symbol.dispose]();
    expect([deadline.signal.aborted, deadline.hasPassed, clock.timers]).toEqual([true, false, 0]);
  });
});

describe('withDeadline', () => {
  it('settles as the work does, and leaves no timer', async () => {
    const clock = new SimulatedClock();
    await expect(withDeadline(Promise.resolve(1), { ms: 100, clock, error })).resolves.toBe(1);
    const failed = Promise.reject(new Error('broken'));
    await expect(withDeadline(failed, { ms: 100, clock, error })).rejects.toThrow('broken');
    expect(clock.timers).toBe(0);
  });

  it('rejects work that takes longer', async () => {
    const clock = new SimulatedClock();
    const result = withDeadline(new Promise(() => {}), { ms: 100, clock, error });
    const rejected = expect(result).rejects.toBe(late);
    await clock.advance(100);
    await rejected;
  });

  it('rejects when the parent aborts', async () => {
    const parent = new AbortController();
    const work = new Promise(() => {});
    const result = withDeadline(work, { ms: 100, clock: new SimulatedClock(), error, parent: parent.signal });
    parent.abort(new Error('not wanted'));
    await expect(result).rejects.toThrow('not wanted');
  });
});
