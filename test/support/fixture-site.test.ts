import { describe, expect, it } from 'vitest';
import { startSite } from './fixture-site.ts';

describe('a fixture site', () => {
  it('serves HTML, replies and code by path, with or without the query', async () => {
    await using site = await startSite({
      '/': '<title>Front</title>',
      '/made': { status: 201, headers: { 'x-kind': 'reply' }, body: 'made' },
      '/list?page=2': 'second',
      '/list': (_request, response) => {
        response.end('any');
      },
    });
    const front = await fetch(site.origin);
    expect(front.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await front.text()).toBe('<title>Front</title>');
    const made = await fetch(site.url('/made'));
    expect([made.status, made.headers.get('x-kind'), await made.text()]).toEqual([201, 'reply', 'made']);
    expect(await (await fetch(site.url('/list?page=2'))).text()).toBe('second');
    expect(await (await fetch(site.url('/list?page=3'))).text()).toBe('any');
    expect((await fetch(site.url('/constructor'))).status).toBe(404);
  });

  it('logs every request as it arrives', async () => {
    await using site = await startSite({ '/a': 'a' });
    const response = await fetch(site.url('/a?x=1'), {
      method: 'POST',
      headers: { 'user-agent': 'probe/1' },
    });
    await response.text();
    expect(site.log).toEqual([
      {
        method: 'POST',
        path: '/a?x=1',
        at: expect.any(Number),
        userAgent: 'probe/1',
        openConnections: 1,
        openRequests: 1,
      },
    ]);
    expect(site.visits('/a')).toHaveLength(0);
    expect(site.visits('/a?x=1')).toHaveLength(1);
  });

  it('says when a request has come, and gives up at the deadline', async () => {
    await using site = await startSite({ '/late': 'late' });
    const coming = site.requested(({ path }) => path === '/late');
    await (await fetch(site.url('/late'))).text();
    expect((await coming).path).toBe('/late');
    expect(await site.requested(({ path }) => path === '/late')).toBe(await coming);
    await expect(site.requested(({ path }) => path === '/never', 1)).rejects.toThrow('within 1 ms');
  });

  it('closes although a response is still pending', async () => {
    const site = await startSite({ '/slow': () => {} });
    const owed = fetch(site.url('/slow')).catch((error: unknown) => error);
    await site.requested(({ path }) => path === '/slow');
    expect(site.openRequests).toBe(1);
    await site.close();
    await site.close();
    expect(await owed).toBeInstanceOf(TypeError);
    expect(site.openConnections).toBe(0);
  });
});
