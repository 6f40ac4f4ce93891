import { describe, expect, it } from 'vitest';
import { readWorkerCall } from '../../src/app/worker-flags.ts';

describe('the flags of the worker command', () => {
  it('leave everything to the settings', () => {
    expect(readWorkerCall([])).toEqual({
      queues: ['crawling', 'pagination'],
      supervise: null,
      workerArgs: [],
      settings: {},
    });
  });

  it('choose queues and settings', () => {
    const call = readWorkerCall([
      '--queues',
      'pagination, pagination',
      '--concurrency',
      '3',
      '--log-level=warn',
    ]);
    expect(call).toMatchObject({
      queues: ['pagination'],
      settings: { TASK_CONCURRENCY: '3', LOG_LEVEL: 'warn' },
    });
  });

  it.each([[['--supervise', '4', '--queues', 'crawling']], [['--queues', 'crawling', '--supervise=4']]])(
    'are handed on to supervised workers: %j',
    (args) => {
      expect(readWorkerCall(args)).toMatchObject({ supervise: 4, workerArgs: ['--queues=crawling'] });
    },
  );

  it('may request help', () => {
    expect(readWorkerCall(['--supervise', '2', '-h'])).toBeNull();
  });

  it.each([
    [['--queues', 'crawling,mail'], 'mail'],
    [['--queues', ''], '--queues'],
    [['--supervise', '0'], '"0"'],
    [['--supervise', '1e2'], '"1e2"'],
    [['--supervise', '257'], '"257"'],
    [['--shout'], '--shout'],
    [['extra'], 'extra'],
  ])('are refused when they are wrong: %j', (args, named) => {
    expect(() => readWorkerCall(args)).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(named) }),
    );
  });
});
