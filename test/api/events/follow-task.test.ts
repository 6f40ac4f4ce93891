import { beforeEach, describe, expect, it } from 'vitest';
import { followTask, type TaskSource } from '../../../src/api/events/follow-task.ts';
import type { TaskEvent, TaskRecord, TaskStatus } from '../../../src/model/task.ts';
import { ApiHarness } from '../../support/api-harness.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';

let clock: SimulatedClock;
let pending: TaskRecord;

beforeEach(async () => {
  clock = new SimulatedClock();
  pending = await (await ApiHarness.open()).submit();
});

/** A task of this status with these events, none of which come later. */
function source(status: TaskStatus, events: readonly TaskEvent[]): TaskSource {
  return {
    clock,
    tasks: { get: async () => ({ ...pending, status }) },
    events: {
      read: async (_, after) => events.filter(({ id }) => after === null || Number(id) > Number(after)),
      watch: () => () => {},
    },
  };
}

function statusEvent(id: string, status: TaskStatus): TaskEvent {
  return { id, type: 'status', at: 0, data: { status } };
}

const follow = (from: TaskSource, after: string | null = null) =>
  followTask(from, pending.id, after, new AbortController().signal);

/** What comes within so many milliseconds, and no earlier. */
async function exactlyAfter<T>(ms: number, promise: Promise<T>): Promise<T> {
  let settled = false;
  const watched = promise.finally(() => {
    settled = true;
  });
  await clock.advance(ms - 1);
  expect(settled).toBe(false);
  await clock.advance(1);
  return watched;
}

describe('following a task', () => {
  it('gives a sign of life after 15 quiet seconds, each time', async () => {
    const steps = follow(source('in_progress', []));
    expect((await exactlyAfter(15_000, steps.next())).value).toEqual({ kind: 'heartbeat' });
    expect((await exactlyAfter(15_000, steps.next())).value).toEqual({ kind: 'heartbeat' });
    await steps.return();
    expect(clock.timers).toBe(0);
  });

  it('ends with the event of the end', async () => {
    const event = statusEvent('1', 'completed');
    const steps = follow(source('completed', [event]));
    expect((await steps.next()).value).toEqual({ kind: 'event', event });
    expect((await steps.next()).done).toBe(true);
  });

  it('goes on after the end of an earlier run', async () => {
    const steps = follow(source('in_progress', [statusEvent('1', 'failed')]));
    expect((await steps.next()).value).toMatchObject({ kind: 'event' });
    expect((await exactlyAfter(15_000, steps.next())).value).toEqual({ kind: 'heartbeat' });
  });

  it('reports the end itself if no event does within a second', async () => {
    const steps = follow(source('cancelled', [statusEvent('1', 'cancelled')]), '1');
    expect((await exactlyAfter(1000, steps.next())).value).toMatchObject({
      kind: 'ended',
      task: { status: 'cancelled' },
    });
    expect((await steps.next()).done).toBe(true);
    expect(clock.timers).toBe(0);
  });

  it('ends when it is aborted', async () => {
    const caller = new AbortController();
    const steps = followTask(source('in_progress', []), pending.id, null, caller.signal);
    const next = steps.next();
    await clock.advance(10);
    caller.abort();
    expect((await next).done).toBe(true);
    expect(clock.timers).toBe(0);
  });
});
