import { describe, expect, it } from 'vitest';
import { escalateAlways, retryThen } from '../../../src/core/actor/supervision.ts';

const failure = (attempt: number) => ({ error: new Error('broken'), attempt, inARow: attempt });

describe('retryThen', () => {
  it('restarts with doubling waits up to the longest, then does what the policy says', () => {
    const supervision = retryThen({ attempts: 5, delayMs: 100, maxDelayMs: 350, after: 'give-up' });
    expect([1, 2, 3, 4, 5].map((attempt) => supervision(failure(attempt)))).toEqual([
      { kind: 'restart', delayMs: 100 },
      { kind: 'restart', delayMs: 200 },
      { kind: 'restart', delayMs: 350 },
      { kind: 'restart', delayMs: 350 },
      { kind: 'give-up' },
    ]);
  });

  it('tries once when it has one attempt', () => {
    const supervision = retryThen({ attempts: 1, delayMs: 100, maxDelayMs: 100, after: 'escalate' });
    expect(supervision(failure(1))).toEqual({ kind: 'escalate' });
  });
});

describe('escalateAlways', () => {
  it('does not forgive the first failure', () => {
    expect(escalateAlways(failure(1))).toEqual({ kind: 'escalate' });
  });
});
