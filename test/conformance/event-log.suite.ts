import { describe, expect, it } from 'vitest';
import type { NewTaskEvent, TaskEvent } from '../../src/model/task.ts';
import type { EventLog } from '../../src/ports/event-log.ts';
import type { SimulatedClock } from '../support/simulated-clock.ts';
import { within } from '../support/within.ts';

/** A log of its own for one test, as two processes see it. */
export interface EventLogHarness extends AsyncDisposable {
  readonly log: EventLog;
  readonly elsewhere: EventLog;
  readonly clock: SimulatedClock;
}

/** More events than any driver keeps. */
const MANY = 20_000;

function page(n: number): NewTaskEvent {
  return { type: 'page', data: { n } };
}

function numbers(events: readonly TaskEvent[]): unknown[] {
  return events.map(({ data }) => data['n']);
}

/** What every driver of the event log promises. */
export function eventLogSuite(name: string, open: () => Promise<EventLogHarness>): void {
  describe(`event log: ${name}`, () => {
    it('gives events back in their order with ids that grow', async () => {
      await using harness = await open();
      const { log, clock } = harness;
      await log.append('task', [page(1), { type: 'status', data: { status: 'in_progress', n: 2 } }]);
      await clock.advance(1000);
      await log.append('task', [page(3)]);
      const events = await log.read('task', null, 100);
      expect(numbers(events)).toEqual([1, 2, 3]);
      expect(events.map(({ type }) => type)).toEqual(['page', 'status', 'page']);
      expect(events[1]?.data).toEqual({ status: 'in_progress', n: 2 });
      expect(events.map(({ at }) => at)).toEqual([clock.now() - 1000, clock.now() - 1000, clock.now()]);
      expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    });

    it('continues after any id, with at most the requested number', async () => {
      await using harness = await open();
      const { log, elsewhere } = harness;
      await log.append('task', [1, 2, 3, 4, 5].map(page));
      const seen: unknown[] = [];
      let after: string | null = null;
      for (;;) {
        const events: readonly TaskEvent[] = await elsewhere.read('task', after, 2);
        seen.push(...numbers(events));
        if (events.length < 2) break;
        after = events.at(-1)?.id ?? null;
      }
      expect(seen).toEqual([1, 2, 3, 4, 5]);
    });

    it('keeps tasks apart', async () => {
      await using harness = await open();
      const { log } = harness;
      await log.append('one', [page(1)]);
      await log.append('two', [page(2)]);
      await log.append('one', [page(3)]);
      expect(numbers(await log.read('one', null, 100))).toEqual([1, 3]);
      expect(await log.read('three', null, 100)).toEqual([]);
    });

    it('refuses an id that is not one of its own', async () => {
      await using harness = await open();
      await expect(harness.log.read('task', 'yesterday', 10)).rejects.toMatchObject({ code: 'bad-cursor' });
    });

    it('notifies those who watch a task, until they end the watch', async () => {
      await using harness = await open();
      const { log } = harness;
      let told = 0;
      const end = log.watch('task', () => {
        told += 1;
      });
      await log.append('task', [page(1), page(2)]);
      expect(told).toBe(1);
      await log.append('other', [page(3)]);
      expect(told).toBe(1);
      end();
      await log.append('task', [page(4)]);
      expect(told).toBe(1);
    });

    it('leaves nothing behind when a watch ends, and no other watch ends with it', async () => {
      await using harness = await open();
      const { log, clock } = harness;
      const end = log.watch('task', () => {});
      end();
      let told = 0;
      const endSecond = log.watch('task', () => {
        told += 1;
      });
      end();
      await log.append('task', [page(1)]);
      expect(told).toBe(1);
      endSecond();
      expect(clock.timers).toBe(0);
    });

    it('notifies those who watch in another process', async () => {
      await using harness = await open();
      const { log, elsewhere, clock } = harness;
      let end = () => {};
      const told = new Promise<void>((resolve) => {
        end = elsewhere.watch('task', resolve);
      });
      await log.append('task', [page(1)]);
      await clock.advance(5000);
      await within('the watcher is told', told);
      end();
      expect(numbers(await elsewhere.read('task', null, 10))).toEqual([1]);
    });

    it('keeps the last events only and reports the gap', async () => {
      await using harness = await open();
      const { log } = harness;
      await log.append('quiet', [page(0)]);
      for (let n = 0; n < MANY; n += 1000) {
        await log.append(
          'task',
          Array.from({ length: 1000 }, (_, offset) => page(n + offset)),
        );
      }
      const [gap, ...kept] = await log.read('task', null, 2 * MANY);
      expect(gap?.type).toBe('gap');
      expect(kept.length).toBeGreaterThan(100);
      expect(kept.length).toBeLessThan(MANY);
      const first = MANY - kept.length;
      expect(numbers(kept)).toEqual(Array.from({ length: kept.length }, (_, offset) => first + offset));
      expect(numbers(await log.read('task', gap?.id ?? null, 2))).toEqual([first, first + 1]);
      expect(numbers(await log.read('task', kept.at(-2)?.id ?? null, 2))).toEqual([MANY - 1]);
      expect(numbers(await log.read('quiet', null, 10))).toEqual([0]);
    });
  });
}
