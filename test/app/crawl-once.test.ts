import { describe, expect, it } from 'vitest';
import { abortIfElsewhere } from '../../src/app/crawl-once.ts';

describe('the check whether another process works on a crawl', () => {
  it('ends the command with the error of a store that cannot be read, and never rejects', async () => {
    const failure = new Error('the disk is gone');
    const tasks = { get: () => Promise.reject(failure) };
    const stop = new AbortController();
    await abortIfElsewhere({ tasks, running: 0 }, 'task', stop);
    expect(stop.signal.reason).toBe(failure);
  });

  it('lets a task go on that nobody has taken up', async () => {
    const stop = new AbortController();
    await abortIfElsewhere({ tasks: { get: async () => null }, running: 0 }, 'task', stop);
    expect(stop.signal.aborted).toBe(false);
  });
});
