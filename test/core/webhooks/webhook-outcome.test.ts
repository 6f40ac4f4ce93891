import { describe, expect, it } from 'vitest';
import { begun, END, FIRST_WEBHOOK_STATE, outcomeOf } from '../../../src/core/webhooks/webhook-outcome.ts';
import type { WebhookState } from '../../../src/model/webhook.ts';
import type { WebhookResponse } from '../../../src/ports/webhook-client.ts';

const NOW = 1_000_000;
const about = { attempts: 3, now: NOW, random: 1 };
const sending: WebhookState = { ...FIRST_WEBHOOK_STATE, after: '4', until: '7' };

const status = (code: number, retryAt: number | null = null): WebhookResponse => ({
  kind: 'status',
  status: code,
  retryAt,
});

describe('the outcome of a webhook attempt', () => {
  it.each([200, 201, 204, 299])('%i: delivered, and the next one at once', (code) => {
    expect(outcomeOf({ ...sending, failures: 2 }, status(code), about)).toEqual({
      kind: 'delivered',
      state: { ...sending, after: '7', until: null, failures: 0, delivered: 1 },
      dueAt: NOW,
    });
  });

  it.each([301, 302, 307, 400, 401, 404, 409, 422])('%i: dropped, the next one has all its tries', (code) => {
    expect(outcomeOf(sending, status(code), about)).toEqual({
      kind: 'dropped',
      state: { ...sending, after: '7', until: null, dropped: 1, lastError: `status ${code}` },
      dueAt: NOW,
    });
  });

  it.each([429, 500, 502, 503, 504])('%i: tried again', (code) => {
    expect(outcomeOf(sending, status(code), about)).toEqual({
      kind: 'retry',
      state: { ...sending, failures: 1, lastError: `status ${code}` },
      dueAt: NOW + 1000,
    });
  });

  it('410: ended', () => {
    expect(outcomeOf(sending, status(410), about)).toMatchObject({ kind: 'dropped', dueAt: null });
  });

  it('no response: retried if that may help', () => {
    const none = { kind: 'no-response', reason: 'connection' } as const;
    expect(outcomeOf(sending, { ...none, retryable: true }, about).kind).toBe('retry');
    expect(outcomeOf(sending, { ...none, retryable: false }, about)).toMatchObject({
      kind: 'dropped',
      state: { lastError: 'connection' },
    });
  });

  it.each([
    [1, 1, 1000],
    [1, 0, 500],
    [2, 1, 2000],
    [5, 1, 16_000],
    [9, 1, 256_000],
    [10, 1, 300_000],
    [29, 0, 150_000],
  ])('the wait after %i failures with the lot %f is %i ms', (failures, random, wait) => {
    const state = { ...sending, failures: failures - 1 };
    const { dueAt } = outcomeOf(state, status(503), { attempts: 30, now: NOW, random });
    expect(dueAt).toBe(NOW + wait);
  });

  it('waits as long as the receiver requires', () => {
    expect(outcomeOf(sending, status(429, NOW + 77_000), about).dueAt).toBe(NOW + 77_000);
    expect(outcomeOf(sending, status(429, NOW + 10), about).dueAt).toBe(NOW + 1000);
  });

  it('drops a message that has used up its attempts; those after it have one each until one succeeds', () => {
    const last = outcomeOf({ ...sending, failures: 2 }, status(503), about);
    expect(last).toMatchObject({
      kind: 'dropped',
      state: { after: '7', failures: 3, dropped: 1 },
      dueAt: NOW,
    });
    const next = outcomeOf(begun(last.state, '9'), status(503), about);
    expect(next).toMatchObject({ kind: 'dropped', state: { after: '9', dropped: 2 } });
    expect(outcomeOf(begun(next.state, '11'), status(200), about).state.failures).toBe(0);
  });

  it('gives how the task ended all its tries, and has nothing more to send after it', () => {
    const ending = begun({ ...sending, until: null, failures: 5 }, END);
    expect(ending.failures).toBe(0);
    expect(begun({ ...ending, failures: 2 }, END).failures).toBe(2);
    expect(outcomeOf(ending, status(200), about)).toMatchObject({ state: { after: '4' }, dueAt: null });
    const given = outcomeOf({ ...ending, failures: 2 }, status(500), about);
    expect(given).toMatchObject({ kind: 'dropped', dueAt: null });
  });
});
