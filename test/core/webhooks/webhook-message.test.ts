import { describe, expect, it } from 'vitest';
import { crawlResultView } from '../../../src/api/tasks/task-view.ts';
import { endMessage, eventMessage, webhookHeaders } from '../../../src/core/webhooks/webhook-message.ts';
import { NEW_YEAR, taskEvent, taskRecord } from '../../support/webhook-task.ts';

/** Of the tests that the libraries of Standard Webhooks share. */
const SHARED = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

describe('the headers of a webhook message', () => {
  it('are those of Standard Webhooks', () => {
    const { id, body, secret, timestamp, signature } = SHARED;
    const headers = webhookHeaders({ id, type: 'started', body }, secret, timestamp * 1000 + 999);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
  });

  it('bear no signature where there is no secret', () => {
    const headers = webhookHeaders({ id: 'msg_1', type: 'started', body: '{}' }, null, 0);
    expect(Object.keys(headers).sort()).toEqual([
      'content-type',
      'user-agent',
      'webhook-id',
      'webhook-timestamp',
    ]);
  });
});

describe('a webhook message', () => {
  it('reports the start of a run', () => {
    const started = taskEvent(4, 'status', { status: 'in_progress', message: 'Started' });
    const draft = { type: 'started', events: [started], gap: false, until: '4' } as const;
    const { id, body } = eventMessage(taskRecord(), draft);
    expect(id).toBe('msg_task-1_4');
    expect(JSON.parse(body)).toEqual({
      id: 'msg_task-1_4',
      type: 'started',
      task_id: 'task-1',
      at: '2025-01-01T00:00:04.000Z',
      data: { status: 'in_progress', url: 'http://site.test/' },
    });
  });

  it('reports several pages', () => {
    const events = [taskEvent(1, 'page', { url: 'a', state: 'done' }), taskEvent(2, 'page', { url: 'b' })];
    const { body } = eventMessage(taskRecord(), { type: 'page', events, gap: true, until: '2' });
    expect(JSON.parse(body)).toMatchObject({
      id: 'msg_task-1_2',
      type: 'page',
      data: {
        pages: [
          { url: 'a', state: 'done', at: '2025-01-01T00:00:01.000Z' },
          { url: 'b', at: '2025-01-01T00:00:02.000Z' },
        ],
        gap: true,
      },
    });
  });

  it.each(['failed', 'cancelled'] as const)('reports a task that is %s', (status) => {
    const error = status === 'failed' ? { code: 'seed-failed', message: 'No answer.' } : null;
    const { type, body } = endMessage(taskRecord({ status, error, finishedAt: NEW_YEAR }), crawlResultView);
    expect(type).toBe('failed');
    expect(JSON.parse(body)).toMatchObject({
      id: `msg_task-1_end_${NEW_YEAR}`,
      data: { status, error, counts: { found: 3, done: 2 } },
    });
  });

  it('reports a completed task without the pages of its pagination', () => {
    const result = {
      status: 'completed',
      url: 'http://site.test/',
      pagesCrawled: 2,
      pagesFailed: 1,
      pagesSkipped: 0,
      sections: 4,
      links: 5,
      totalNodes: 7,
      executionTime: 1.5,
      pagesPerSecond: 1.3,
      reasons: { dns: 1 },
      endedEarly: null,
    } as const;
    const pagination = { strategy: 'all', pages: [1], results: [] } as const;
    const record = taskRecord({
      status: 'completed',
      result: { ...result, pagination },
      finishedAt: NEW_YEAR,
    });
    const { type, body } = endMessage(record, crawlResultView);
    expect(type).toBe('completed');
    expect(JSON.parse(body).data.result).toEqual({
      status: 'completed',
      url: 'http://site.test/',
      pages_crawled: 2,
      pages_failed: 1,
      pages_skipped: 0,
      sections: 4,
      links: 5,
      total_nodes: 7,
      execution_time: 1.5,
      pages_per_second: 1.3,
      reasons: { dns: 1 },
      ended_early: null,
    });
  });
});
