import { describe, expect, it } from 'vitest';
import { ApiHarness } from '../../support/api-harness.ts';
import { within } from '../../support/within.ts';

interface Message {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: Record<string, unknown>;
}

const pathOf = (taskId: string) => `/api/v1/tasks/${taskId}/events`;

/** Reads a stream of server-sent events to its end. */
async function messagesOf(response: Response): Promise<Message[]> {
  const text = await within('the end of the stream', response.text());
  const blocks = text.split('\n\n').filter((block) => block.includes('data:'));
  return blocks.map((block) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    return { id: field('id'), event: field('event'), data: JSON.parse(field('data') ?? '') };
  });
}

/** A task with three events, cancelled. */
async function endedTask(api: ApiHarness): Promise<string> {
  const { id } = await api.submit();
  await api.deps.events.append(id, [
    { type: 'progress', data: { progress: 10, message: 'Reading robots.txt' } },
    { type: 'page', data: { url: 'http://site.example/', title: 'line one\nline two' } },
  ]);
  await api.deps.tasks.cancel(id);
  return id;
}

describe('the event stream of a task', () => {
  it('sends all events in order, and ends with the task', async () => {
    const api = await ApiHarness.open();
    const response = await api.send('GET', pathOf(await endedTask(api)));
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/event-stream/);
    const messages = await messagesOf(response);
    expect(messages.map(({ event }) => event)).toEqual(['progress', 'page', 'status']);
    expect(messages[0]?.data).toMatchObject({ progress: 10, at: expect.stringMatching(/^20\d\d-.*Z$/) });
    expect(messages[1]?.data).toMatchObject({ title: 'line one\nline two' });
    expect(messages[2]?.data).toMatchObject({ status: 'cancelled' });
    const ids = messages.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('goes on after an id', async () => {
    const api = await ApiHarness.open();
    const id = await endedTask(api);
    const [first] = await messagesOf(await api.send('GET', pathOf(id)));
    const rest = await api.send('GET', pathOf(id), { headers: { 'Last-Event-ID': first?.id ?? '' } });
    expect((await messagesOf(rest)).map(({ event }) => event)).toEqual(['page', 'status']);
  });

  it('has nothing more after the last id of an ended task', async () => {
    const api = await ApiHarness.open();
    const id = await endedTask(api);
    const last = (await messagesOf(await api.send('GET', pathOf(id)))).at(-1);
    const response = await api.send('GET', pathOf(id), { headers: { 'Last-Event-ID': last?.id ?? '' } });
    expect(response.status).toBe(204);
  });

  it('sends what happens while it is read', async () => {
    const api = await ApiHarness.open();
    const { id } = await api.submit();
    const messages = api.send('GET', pathOf(id)).then(messagesOf);
    await api.deps.events.append(id, [{ type: 'page', data: { url: 'a' } }]);
    await api.deps.tasks.cancel(id);
    expect((await messages).map(({ event }) => event)).toEqual(['page', 'status']);
  });

  it('ends when the service stops', async () => {
    const api = await ApiHarness.open();
    const { id } = await api.submit();
    const response = await api.send('GET', pathOf(id));
    api.stopping.abort();
    expect(await messagesOf(response)).toEqual([]);
  });

  it('reports a gap to a client that was away for long', async () => {
    const api = await ApiHarness.open();
    const { id } = await api.submit();
    const page = (n: number) => ({ type: 'page', data: { n } }) as const;
    await api.deps.events.append(id, [page(0)]);
    const [first] = await api.deps.events.read(id, null, 1);
    await api.deps.events.append(
      id,
      Array.from({ length: 6000 }, (_, n) => page(n + 1)),
    );
    await api.deps.tasks.cancel(id);
    const response = await api.send('GET', pathOf(id), { headers: { 'Last-Event-ID': first?.id ?? '' } });
    const messages = await messagesOf(response);
    expect(messages[0]?.event).toBe('gap');
    const told = messages.filter(({ event }) => event === 'page').map(({ data }) => Number(data['n']));
    expect(told[0]).toBeGreaterThan(1);
    expect(told.at(-1)).toBe(6000);
    expect(told).toEqual(Array.from({ length: told.length }, (_, n) => (told[0] ?? 0) + n));
  });

  it('is one of so many at once, and makes room when it ends', async () => {
    const api = await ApiHarness.open({ settings: { MAX_EVENT_STREAMS: '2' } });
    const { id } = await api.submit();
    const ended = await endedTask(api);
    const left = new AbortController();
    const [one, two] = [
      await api.send('GET', pathOf(id), { signal: left.signal }),
      await api.send('GET', pathOf(id)),
    ];
    expect(await api.json(503, 'GET', pathOf(id))).toMatchObject({ code: 'too-many-streams' });
    expect((await api.send('HEAD', pathOf(id))).status).toBe(200);
    await one.body?.cancel();
    const opened = async () => {
      for (;;) {
        const response = await api.send('GET', pathOf(ended));
        if (response.status === 200) return response;
      }
    };
    const third = await within('a stream may be opened', opened());
    expect(await messagesOf(third)).not.toEqual([]);
    api.stopping.abort();
    await messagesOf(two);
  });

  it('has no body for HEAD', async () => {
    const api = await ApiHarness.open();
    const { id } = await api.submit();
    const response = await api.send('HEAD', pathOf(id));
    expect(response.headers.get('Content-Type')).toBe('text/event-stream');
    expect(await within('the end', response.text())).toBe('');
  });

  it('is not there for an unknown task', async () => {
    const api = await ApiHarness.open();
    expect(await api.json(404, 'GET', pathOf('nope'))).toMatchObject({ code: 'task-not-found' });
  });

  it('refuses an id that is not one of its own', async () => {
    const api = await ApiHarness.open();
    const { id } = await api.submit();
    expect(await api.json(400, 'GET', pathOf(id), undefined, { 'Last-Event-ID': 'x' })).toMatchObject({
      code: 'bad-cursor',
    });
  });
});
