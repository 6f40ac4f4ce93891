import { describe, expect, it } from 'vitest';
import { OutageLog } from '../../src/app/redis-tasks.ts';
import { silentLogger } from '../support/silent-logger.ts';

describe('an outage', () => {
  it('is logged once, and so is its end', () => {
    const logged: string[] = [];
    const record = (message: string) => void logged.push(message);
    const outages = new OutageLog('Redis', { ...silentLogger, warn: record, info: record });
    outages.recovered();
    for (let attempt = 0; attempt < 3; attempt += 1) outages.failed(new Error('refused'));
    outages.recovered();
    outages.recovered();
    outages.failed(new Error('refused'));
    expect(logged).toEqual([
      'Redis is unavailable; retrying',
      'Redis is available again',
      'Redis is unavailable; retrying',
    ]);
  });
});
