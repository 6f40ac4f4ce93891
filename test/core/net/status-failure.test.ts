import { describe, expect, it } from 'vitest';
import { statusFailure } from '../../../src/core/net/status-failure.ts';

/** 1994-11-06 08:49:00 GMT: 37 s before the date in RFC 9110 §5.6.7. */
const NOW = Date.UTC(1994, 10, 6, 8, 49, 0);

describe('statusFailure', () => {
  it.each([200, 203, 204, 206])('sees no failure in %i', (status) => {
    expect(statusFailure(status, null, NOW)).toBeNull();
  });

  it.each([
    [300, 'http-status', false],
    [304, 'http-status', false],
    [400, 'http-status', false],
    [401, 'blocked', false],
    [403, 'blocked', false],
    [404, 'http-status', false],
    [408, 'http-status', true],
    [410, 'http-status', false],
    [425, 'http-status', true],
    [429, 'http-status', true],
    [451, 'http-status', false],
    [500, 'http-status', true],
    [503, 'http-status', true],
    [599, 'http-status', true],
  ])('%i is %s, retryable: %s', (status, reason, retryable) => {
    expect(statusFailure(status, null, NOW)).toMatchObject({ status, reason, retryable, retryAt: null });
  });

  it.each([
    ['120', NOW + 120_000],
    ['0', null],
    ['86400', NOW + 3_600_000],
    ['99999999999999999999', NOW + 3_600_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', NOW + 37_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', NOW + 37_000],
    ['Sun Nov  6 08:49:37 1994', NOW + 37_000],
    ['Sun, 06 Nov 1994 08:48:00 GMT', null],
    ['Mon, 07 Nov 1994 08:49:00 GMT', NOW + 3_600_000],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['', null],
  ])('reads Retry-After %j', (retryAfter, retryAt) => {
    expect(statusFailure(503, retryAfter, NOW)?.retryAt).toBe(retryAt);
  });

  it('has no use for Retry-After where no other visit is due', () => {
    expect(statusFailure(404, '120', NOW)?.retryAt).toBeNull();
  });
});
