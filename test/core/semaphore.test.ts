import { describe, expect, it } from 'vitest';
import { Semaphore, type SemaphoreOptions } from '../../src/core/semaphore.ts';

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

  /** Acquires for these shares in this order, with one permit taken, and returns the order in which they entered. */
  async function orderOf(
    shares: readonly string[],
    options: Omit<SemaphoreOptions, 'permits'> & { readonly onEnter?: (share: string) => void } = {},
  ): Promise<readonly string[]> {
    const semaphore = new Semaphore({ permits: 1, ...options });
    const release = await semaphore.acquire();
    const entered: string[] = [];
    const all = shares.map(async (share) => {
      const leave = await semaphore.acquire(undefined, share);
      entered.push(share);
      options.onEnter?.(share);
      leave();
    });
    release();
    await Promise.all(all);
    return entered;
  }

  it('serves shares in turn, however many callers of one wait', async () => {
    expect(await orderOf(['a', 'a', 'a', 'b', 'b', 'c'])).toEqual(['a', 'b', 'c', 'a', 'b', 'a']);
  });

  it('prefers the share that held permits for less time', async () => {
    let now = 0;
    const cost: Record<string, number> = { slow: 1000, quick: 10 };
    const onEnter = (share: string) => {
      now += cost[share] ?? 0;
    };
    const shares = ['slow', 'slow', 'quick', 'quick', 'quick'];
    expect(await orderOf(shares, { now: () => now, onEnter })).toEqual([
      ...['slow', 'quick', 'quick', 'quick', 'slow'],
    ]);
  });

  it('forgets the time that shares held permits', async () => {
    let now = 0;
    const semaphore = new Semaphore({ permits: 1, now: () => now });
    const use = async (share: string, ms: number) => {
      const release = await semaphore.acquire(undefined, share);
      now += ms;
      release();
    };
    await use('early', 5000);
    now += 100_000;
    await use('late', 1000);
    const release = await semaphore.acquire();
    const entered: string[] = [];
    const waiting = ['late', 'early'].map(async (share) => {
      const leave = await semaphore.acquire(undefined, share);
      entered.push(share);
      leave();
    });
    release();
    await Promise.all(waiting);
    expect(entered).toEqual(['early', 'late']);
  });

  it('prefers the share that holds fewer permits, and passes over one that is at its limit', async () => {
    const limits: Record<string, number> = { a: 2, b: 2 };
    const semaphore = new Semaphore({ permits: 3, limitOf: (share) => limits[share] ?? 3 });
    const [first, second] = [
      await semaphore.acquire(undefined, 'a'),
      await semaphore.acquire(undefined, 'a'),
    ];
    const third = semaphore.acquire(undefined, 'a');
    const other = await semaphore.acquire(undefined, 'b');
    const fourth = semaphore.acquire(undefined, 'b');
    first();
    await third;
    other();
    await fourth;
    limits['a'] = 3;
    const fifth = semaphore.acquire(undefined, 'a');
    second();
    await expect(fifth).resolves.toBeTypeOf('function');
  });

  it('hands out free permits when a limit rises', async () => {
    let limit = 0;
    const semaphore = new Semaphore({ permits: 1, limitOf: () => limit });
    const waiting = semaphore.acquire();
    limit = 1;
    semaphore.update();
    await expect(waiting).resolves.toBeTypeOf('function');
  });
});
