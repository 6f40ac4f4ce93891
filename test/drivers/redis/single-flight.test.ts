import { describe, expect, it } from 'vitest';
import { SingleFlight } from '../../../src/drivers/redis/single-flight.ts';
import { flushPromises } from '../../support/flush-promises.ts';
import { within } from '../../support/within.ts';

describe('repeated work', () => {
  it('is done one at a time, and once more for all who call meanwhile', async () => {
    const ends: (() => void)[] = [];
    const work = new SingleFlight(
      () => new Promise((resolve) => ends.push(resolve)),
      () => {},
    );
    const first = work.run();
    await flushPromises();
    const [second, third] = [work.run(), work.run()];
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await within('the first is done', first);
    await flushPromises();
    expect(ends).toHaveLength(2);
    const fourth = work.run();
    ends[1]?.();
    await within('the second is done, though more is asked for', Promise.all([second, third]));
    await flushPromises();
    expect(ends).toHaveLength(3);
    ends[2]?.();
    await within('the last is done', fourth);
    await within('nothing is being done', work.idle());
  });

  it('goes on after an error', async () => {
    const errors: unknown[] = [];
    let times = 0;
    const work = new SingleFlight(
      () => {
        times += 1;
        return Promise.reject(new Error(`no ${times}`));
      },
      (error) => errors.push(error),
    );
    await work.run();
    await work.run();
    expect(errors).toEqual([new Error('no 1'), new Error('no 2')]);
  });
});
