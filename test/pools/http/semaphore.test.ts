import { describe, expect, it } from 'vitest';
import { Semaphore } from '../../../pools/http/semaphore.ts';

const never = new AbortController().signal;

describe('Slots', () => {
  it('lets in as many as there are slots, the others in their order', async () => {
    const slots = new Semaphore(1);
    const entered: string[] = [];
    const enter = async (name: string) => {
      const release = await slots.acquire(never);
      entered.push(name);
      return release;
    };
    const [first, second, third] = [enter('first'), enter('second'), enter('third')];
    const release = await first;
    expect(entered).toEqual(['first']);
    release();
    release();
    (await second)();
    (await third)();
    expect(entered).toEqual(['first', 'second', 'third']);
  });

  it('forgets who gives up waiting', async () => {
    const slots = new Semaphore(1);
    const release = await slots.acquire(never);
    const controller = new AbortController();
    const waiting = slots.acquire(controller.signal);
    controller.abort(new Error('no patience'));
    await expect(waiting).rejects.toThrow('no patience');
    release();
    await expect(slots.acquire(never)).resolves.toBeTypeOf('function');
    await expect(slots.acquire(controller.signal)).rejects.toThrow('no patience');
  });
});
