import { describe, expect, it } from 'vitest';
import { Semaphore } from '../../src/core/semaphore.ts';

describe('Semaphore', () => {
  it('gives waiting callers a permit in the order of their calls', async () => {
    const semaphore = new Semaphore({ permits: 1 });
    const entered: string[] = [];
    const enter = async (name: string) => {
      const release = await semaphore.acquire();
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

  it('is full when no permit is free and no more callers may wait', async () => {
    const semaphore = new Semaphore({ permits: 1, maxWaiting: 1 });
    expect(semaphore.isFull).toBe(false);
    const release = await semaphore.acquire();
    expect(semaphore.isFull).toBe(false);
    const second = semaphore.acquire();
    expect(semaphore.isFull).toBe(true);
    release();
    await second;
    expect(semaphore.isFull).toBe(false);
  });

  it('passes over callers whose signal aborts', async () => {
    const semaphore = new Semaphore({ permits: 1 });
    const release = await semaphore.acquire();
    const leaving = new AbortController();
    const first = semaphore.acquire(leaving.signal);
    const second = semaphore.acquire();
    leaving.abort(new Error('no longer wanted'));
    await expect(first).rejects.toThrow('no longer wanted');
    release();
    await expect(second).resolves.toBeTypeOf('function');
  });

  it('takes no permit for a signal that has aborted already', async () => {
    const semaphore = new Semaphore({ permits: 1 });
    await expect(semaphore.acquire(AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
    await expect(semaphore.acquire()).resolves.toBeTypeOf('function');
  });
});
