import { describe, expect, it } from 'vitest';
import { FIRST_WEBHOOK_STATE } from '../../src/core/webhooks/webhook-outcome.ts';
import type { WebhookClaim } from '../../src/model/webhook.ts';
import type { WebhookOutbox } from '../../src/ports/webhook-outbox.ts';
import type { SimulatedClock } from '../support/simulated-clock.ts';

export interface OutboxHarness extends AsyncDisposable {
  readonly outbox: WebhookOutbox;
  readonly clock: SimulatedClock;
}

const LEASE_MS = 30_000;

async function takeOne(outbox: WebhookOutbox): Promise<WebhookClaim> {
  const [turn, ...more] = await outbox.claim(LEASE_MS, 1);
  if (turn === undefined || more.length > 0) throw new Error('one task should be due');
  return turn;
}

/** What every driver of the outbox promises. */
export function webhookOutboxSuite(name: string, open: () => Promise<OutboxHarness>): void {
  describe(`webhook outbox: ${name}`, () => {
    it('hands out what was entered, each task to one sender', async () => {
      await using harness = await open();
      const { outbox } = harness;
      for (const id of ['a', 'b', 'c']) await outbox.enqueue(id);
      const first = await outbox.claim(LEASE_MS, 2);
      const second = await outbox.claim(LEASE_MS, 2);
      expect([...first, ...second].map(({ taskId }) => taskId).sort()).toEqual(['a', 'b', 'c']);
      expect(first[0]?.state).toEqual(FIRST_WEBHOOK_STATE);
      expect(await outbox.claim(LEASE_MS, 2)).toEqual([]);
    });

    it('keeps what a sender notes, and is due again when it says', async () => {
      await using harness = await open();
      const { outbox, clock } = harness;
      await outbox.enqueue('a');
      const state = { ...FIRST_WEBHOOK_STATE, after: '12', delivered: 3, lastError: 'status 503' };
      const turn = await takeOne(outbox);
      expect(await outbox.update(turn, { state, dueAt: clock.now() + 500, keep: false })).toBe(true);
      expect(await outbox.status('a')).toEqual({ ...state, ended: false });
      await clock.advance(499);
      expect(await outbox.claim(LEASE_MS, 1)).toEqual([]);
      await clock.advance(1);
      expect((await takeOne(outbox)).state).toEqual(state);
    });

    it('takes no note of a sender whose lease ran out', async () => {
      await using harness = await open();
      const { outbox, clock } = harness;
      await outbox.enqueue('a');
      const lost = await takeOne(outbox);
      await clock.advance(LEASE_MS - 1);
      const kept = { state: lost.state, dueAt: clock.now() + LEASE_MS, keep: true };
      expect(await outbox.update(lost, kept)).toBe(true);
      await clock.advance(LEASE_MS - 1);
      expect(await outbox.claim(LEASE_MS, 1)).toEqual([]);
      await clock.advance(1);
      const holder = await takeOne(outbox);
      expect(await outbox.update(lost, { ...kept, dueAt: null, keep: false })).toBe(false);
      expect(await outbox.status('a')).toMatchObject({ ended: false });
      expect(await outbox.update(holder, { ...kept, keep: false })).toBe(true);
      expect(await outbox.update(holder, { ...kept, keep: false })).toBe(false);
    });

    it('ends, and begins again where it stood when the task is entered again', async () => {
      await using harness = await open();
      const { outbox, clock } = harness;
      await outbox.enqueue('a');
      const state = { ...FIRST_WEBHOOK_STATE, after: '5' };
      await outbox.update(await takeOne(outbox), { state, dueAt: null, keep: false });
      expect(await outbox.status('a')).toEqual({ ...state, ended: true });
      await clock.advance(1_000_000);
      expect(await outbox.claim(LEASE_MS, 1)).toEqual([]);
      await outbox.enqueue('a');
      expect((await takeOne(outbox)).state).toEqual(state);
    });

    it('is due at once when it is entered while it waits, but not while it is served', async () => {
      await using harness = await open();
      const { outbox, clock } = harness;
      await outbox.enqueue('a');
      const turn = await takeOne(outbox);
      await outbox.enqueue('a');
      expect(await outbox.claim(LEASE_MS, 1)).toEqual([]);
      await outbox.update(turn, { state: turn.state, dueAt: clock.now() + 60_000, keep: false });
      await outbox.enqueue('a');
      expect((await takeOne(outbox)).taskId).toBe('a');
    });

    it('knows nothing of a task that was not entered', async () => {
      await using harness = await open();
      expect(await harness.outbox.status('x')).toBeNull();
    });
  });
}
