import { describe, expect, it } from 'vitest';
import { WaymarkError } from '../../src/core/errors.ts';
import { retryWhileUnavailable } from '../../src/core/retry-while-unavailable.ts';
import { SimulatedClock } from '../support/simulated-clock.ts';

/** A store that is away for the first calls. */
class Flaky {
  readonly #error: Error;
  #away: number;

  constructor(away: number, error: Error) {
    this.#away = away;
    this.#error = error;
  }

  async read(key: string): Promise<string> {
    this.#away -= 1;
    if (this.#away >= 0) throw this.#error;
    return `value of ${key}`;
  }
}

const AWAY = new WaymarkError('neo4j-unreachable', 'nobody is there');

describe('a store that outlasts outages', () => {
  it('retries until it succeeds, at most 5 s apart, and reports that it waits', async () => {
    const clock = new SimulatedClock();
    let waits = 0;
    const store = retryWhileUnavailable(new Flaky(8, AWAY), {
      clock,
      signal: new AbortController().signal,
      onWait: () => {
        waits += 1;
      },
    });
    const answer = store.read('a');
    /** 0.2 + 0.4 + 0.8 + 1.6 + 3.2 + 5 + 5 + 5 s */
    await clock.advance(21_199);
    expect([waits, clock.timers]).toEqual([8, 1]);
    await clock.advance(1);
    expect(await answer).toBe('value of a');
  });

  it('stops waiting when the caller is stopped', async () => {
    const clock = new SimulatedClock();
    const stop = new AbortController();
    const store = retryWhileUnavailable(new Flaky(9, AWAY), { clock, signal: stop.signal, onWait: () => {} });
    const answer = store.read('a');
    await clock.advance(1000);
    stop.abort();
    await expect(answer).rejects.toBe(AWAY);
    await expect(store.read('b')).rejects.toBe(AWAY);
    expect(clock.timers).toBe(0);
  });

  it('passes on what is no outage', async () => {
    const store = retryWhileUnavailable(new Flaky(1, new Error('broken')), {
      clock: new SimulatedClock(),
      signal: new AbortController().signal,
      onWait: () => {},
    });
    await expect(store.read('a')).rejects.toThrow('broken');
    expect(await store.read('b')).toBe('value of b');
  });
});
