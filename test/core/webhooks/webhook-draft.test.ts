import { describe, expect, it } from 'vitest';
import { nextDraft } from '../../../src/core/webhooks/webhook-draft.ts';
import { taskEvent } from '../../support/webhook-task.ts';

const page = (id: number) => taskEvent(id, 'page', { url: `/${id}` });
const progress = (id: number) => taskEvent(id, 'progress');
const started = (id: number) => taskEvent(id, 'status', { status: 'in_progress' });
const ALL = ['started', 'page', 'completed', 'failed'] as const;

describe('the next webhook message', () => {
  it('gathers pages, past events that nobody wants to hear of, up to the next of another kind', () => {
    const events = [page(1), progress(2), page(3), started(4), page(5)];
    expect(nextDraft(events, ALL, null)).toEqual({
      kind: 'message',
      draft: { type: 'page', events: [page(1), page(3)], gap: false, until: '3' },
    });
    expect(nextDraft(events.slice(3), ALL, null)).toMatchObject({ draft: { type: 'started', until: '4' } });
  });

  it('is the same when it is made again, although more has happened', () => {
    expect(nextDraft([page(1), page(2), page(3)], ALL, '2')).toMatchObject({
      draft: { events: [page(1), page(2)], until: '2' },
    });
  });

  it('holds 100 pages at most', () => {
    const pages = Array.from({ length: 250 }, (_, n) => page(n + 1));
    expect(nextDraft(pages, ALL, null)).toMatchObject({ draft: { until: '100' } });
  });

  it('reports that pages before it were dropped', () => {
    expect(nextDraft([taskEvent(9, 'gap'), page(10)], ALL, null)).toMatchObject({
      draft: { type: 'page', gap: true, until: '10' },
    });
  });

  it('is none where nothing wanted has happened, and says how far', () => {
    const ended = taskEvent(3, 'status', { status: 'completed' });
    expect(nextDraft([page(1), progress(2), ended], ['started', 'completed'], null)).toEqual({
      kind: 'nothing',
      after: '3',
    });
    expect(nextDraft([], ALL, null)).toEqual({ kind: 'nothing', after: null });
  });

  it('skips nothing if the begun message was dropped', () => {
    expect(nextDraft([taskEvent(8, 'gap'), page(9)], ALL, '5')).toEqual({ kind: 'nothing', after: null });
  });
});
