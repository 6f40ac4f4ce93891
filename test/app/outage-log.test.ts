import { describe, expect, it } from 'vitest';
import { OutageLog } from '../../src/app/redis-tasks.ts';
import { silentLogger } from '../support/silent-logger.ts';

describe('an outage', () => {
  it('is told of once, and so is its end', () => {
    const told: string[] = [];
    const tell = (message: string) => void told.push(message);
    const outages = new OutageLog('Redis', { ...silentLogger, warn: tell, info: tell });
    outages.recovered();
    for (let attempt = 0; attempt < 3; attempt += 1) outages.failed(new Error('refused'));
    outages.recovered();
    outages.recovered();
    outages.failed(new Error('refused'));
    expect(told).toEqual([
      'Redis does not answer as it should',
      'Redis answers again',
      'Redis does not answer as it should',
    ]);
  });
});
