import { describe, expect, it } from 'vitest';
import { ThreadSemaphore } from '../../../pools/parse/thread-semaphore.ts';

describe('ThreadSlots', () => {
  it('hands slots out in the order in which they were asked for', async () => {
    const slots = new ThreadSemaphore(1, 10);
    const order: string[] = [];
    await slots.take(undefined);
    const waiting = ['a', 'b'].map((name) => slots.take(undefined).then(() => order.push(name)));
    slots.give();
    await waiting[0];
    expect(order).toEqual(['a']);
    slots.give();
    await Promise.all(waiting);
    expect(order).toEqual(['a', 'b']);
  });

  it('is full when no slot is free and no more may wait', async () => {
    const slots = new ThreadSemaphore(1, 1);
    expect(slots.isFull).toBe(false);
    await slots.take(undefined);
    expect(slots.isFull).toBe(false);
    const second = slots.take(undefined);
    expect(slots.isFull).toBe(true);
    slots.give();
    await second;
    expect(slots.isFull).toBe(false);
  });

  it('gives the place of one who leaves to the next', async () => {
    const slots = new ThreadSemaphore(1, 10);
    await slots.take(undefined);
    const leaving = new AbortController();
    const first = slots.take(leaving.signal);
    const second = slots.take(undefined);
    leaving.abort(new Error('no longer wanted'));
    await expect(first).rejects.toThrow('no longer wanted');
    slots.give();
    await second;
  });

  it('takes nothing for a signal that is aborted already', async () => {
    const slots = new ThreadSemaphore(1, 0);
    await expect(slots.take(AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
    await slots.take(undefined);
  });
});
