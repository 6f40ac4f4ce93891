import { describe, expect, it } from 'vitest';
import { Mailbox } from '../../../src/core/actor/mailbox.ts';
import { flushPromises } from '../../support/flush-promises.ts';
import { within } from '../../support/within.ts';

/** Notes when a promise settles, so that a test can ask without waiting. */
function watched(promise: Promise<unknown>): { readonly promise: Promise<unknown>; state: string } {
  const seen = { promise, state: 'waiting' };
  promise.then(
    () => {
      seen.state = 'done';
    },
    (error: Error) => {
      seen.state = error.message;
    },
  );
  return seen;
}

describe('Mailbox', () => {
  it('hands out messages in their order, as many as are requested', async () => {
    const mailbox = new Mailbox<number>(5);
    for (const message of [1, 2, 3]) await mailbox.send(message);
    expect(mailbox.depth).toBe(3);
    expect(mailbox.take(2)).toEqual([1, 2]);
    expect(mailbox.take(2)).toEqual([3]);
    expect(mailbox.take(2)).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN])('cannot have a bound of %s', (capacity) => {
    expect(() => new Mailbox(capacity)).toThrow(RangeError);
  });

  it('lets senders wait while it is full, and in by their order when something is taken', async () => {
    const mailbox = new Mailbox<string>(2);
    await mailbox.send('a');
    await mailbox.send('b');
    const third = watched(mailbox.send('c'));
    const fourth = watched(mailbox.send('d'));
    await flushPromises();
    expect([third.state, fourth.state]).toEqual(['waiting', 'waiting']);
    expect([mailbox.depth, mailbox.waiting]).toEqual([2, 2]);
    expect(mailbox.take(1)).toEqual(['a']);
    await within('the third sender is let in', third.promise);
    expect(fourth.state).toBe('waiting');
    expect([mailbox.depth, mailbox.waiting]).toEqual([2, 1]);
    expect(mailbox.take(10)).toEqual(['b', 'c']);
    await within('the fourth sender is let in', fourth.promise);
    expect(mailbox.take(10)).toEqual(['d']);
  });

  it('never holds more than its bound, however many send at once', async () => {
    const mailbox = new Mailbox<number>(3);
    const sent = Array.from({ length: 20 }, (_, n) => mailbox.send(n));
    const taken: number[] = [];
    while (taken.length < 20) {
      expect(mailbox.depth).toBeLessThanOrEqual(3);
      taken.push(...mailbox.take(2));
    }
    await within('every sender is let in', Promise.all(sent));
    expect(taken).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it('is ready when there is as much as a reader wants', async () => {
    const mailbox = new Mailbox<string>(5);
    const one = watched(mailbox.ready());
    const two = watched(mailbox.ready(2));
    await flushPromises();
    expect([one.state, two.state]).toEqual(['waiting', 'waiting']);
    await mailbox.send('a');
    await flushPromises();
    expect([one.state, two.state]).toEqual(['done', 'waiting']);
    await mailbox.send('b');
    await within('the second reader is woken', two.promise);
    await within('a reader of what is there does not wait', mailbox.ready(2));
  });

  it('is ready when the reader has lost patience', async () => {
    const mailbox = new Mailbox<string>(5);
    const patience = new AbortController();
    const ready = watched(mailbox.ready(1, patience.signal));
    patience.abort();
    await within('the reader is woken', ready.promise);
    await within('a reader without patience does not wait', mailbox.ready(1, patience.signal));
  });

  it('refuses messages once it is closed, but keeps what is inside and who waited', async () => {
    const mailbox = new Mailbox<string>(1);
    await mailbox.send('a');
    const waiting = watched(mailbox.send('b'));
    const reader = watched(mailbox.ready(5));
    mailbox.close(new Error('shop is shut'));
    await within('the sender that waited is admitted', waiting.promise);
    await within('the reader is woken', reader.promise);
    expect(mailbox.closed).toBe(true);
    await expect(mailbox.send('c')).rejects.toThrow('shop is shut');
    expect(mailbox.take(10)).toEqual(['a', 'b']);
  });

  it('drops what is inside and rejects who waited when it is destroyed', async () => {
    const mailbox = new Mailbox<string>(1);
    await mailbox.send('a');
    const waiting = watched(mailbox.send('b'));
    expect(mailbox.destroy(new Error('shop burnt down'))).toEqual(['a']);
    await flushPromises();
    expect(waiting.state).toBe('shop burnt down');
    expect([mailbox.depth, mailbox.waiting, mailbox.closed]).toEqual([0, 0, true]);
    await expect(mailbox.send('c')).rejects.toThrow('shop burnt down');
  });

  it('keeps the first reason', async () => {
    const mailbox = new Mailbox<string>(1);
    mailbox.close(new Error('first'));
    mailbox.destroy(new Error('second'));
    mailbox.close(new Error('third'));
    await expect(mailbox.send('a')).rejects.toThrow('first');
  });
});
