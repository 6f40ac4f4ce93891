import { describe, expect, it } from 'vitest';
import type { EventLog } from '../../src/ports/event-log.ts';
import { ApiHarness, SEED } from '../support/api-harness.ts';
import { serveApi } from '../support/serve-api.ts';
import { within } from '../support/within.ts';

/** An API over a log that reports when a watch begins and ends. */
async function watchedApi() {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const stores = await ApiHarness.open();
  const { events, tasks } = stores.deps;
  const watched: EventLog = {
    append: (taskId, added) => events.append(taskId, added),
    read: (taskId, after, limit) => events.read(taskId, after, limit),
    watch(taskId, listener) {
      const end = events.watch(taskId, listener);
      begun.resolve();
      return () => {
        end();
        ended.resolve();
      };
    },
  };
  const api = await ApiHarness.open({ deps: { tasks, events: watched } });
  return { api, begun: begun.promise, ended: ended.promise };
}

describe('a caller that goes away', () => {
  it('ends its event stream', async () => {
    const { api, begun, ended } = await watchedApi();
    const origin = await serveApi(api);
    const { id } = await api.submit();
    await api.deps.events.append(id, [{ type: 'page', data: {} }]);
    const caller = new AbortController();
    const response = await fetch(`${origin}/api/v1/tasks/${id}/events`, { signal: caller.signal });
    const reader = response.body?.getReader();
    await within('an event', reader?.read() ?? Promise.reject(new Error('there is no stream')));
    await within('the watch to begin', begun);
    caller.abort();
    await within('the watch to end', ended);
  });

  it('ends the wait for its crawl, which goes on as a task', async () => {
    const { api, begun, ended } = await watchedApi();
    const origin = await serveApi(api);
    const caller = new AbortController();
    const answer = fetch(`${origin}/api/v1/crawl?url=${SEED}&wait=600`, {
      method: 'POST',
      signal: caller.signal,
    });
    await within('the wait to begin', begun);
    caller.abort();
    await expect(answer).rejects.toThrow();
    await within('the wait to end', ended);
    expect((await api.deps.tasks.list({ status: 'pending', cursor: null, limit: 10 })).tasks).toHaveLength(1);
  });
});
