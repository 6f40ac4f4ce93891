import { describe, expect, it } from 'vitest';
import { checkUrl } from '../../../src/app/served-service.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';
import { FIRST_WEBHOOK_STATE } from '../../../src/core/webhooks/webhook-outcome.ts';
import { ApiHarness, SEED } from '../../support/api-harness.ts';
import { REFUSED_ADDRESSES } from '../../support/refused-addresses.ts';

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const HOOK = 'https://hook.example/in?b=2&a=1&utm_source=x';

const crawl = (webhook: unknown) => ({ url: SEED, background: true, webhook });
const pagination = (webhook: unknown) => ({ url_pattern: `${SEED}?page={page}`, total_pages: 3, webhook });

describe('the webhook of a task', () => {
  it.each([
    ['crawl', '/api/v1/crawl', crawl],
    ['pagination', '/api/v1/pagination', pagination],
  ])('of a %s is kept as it was given, and shown without its secret', async (_, path, body) => {
    const api = await ApiHarness.open();
    const { task_id: id } = await api.json(202, 'POST', path, body({ url: HOOK, secret: SECRET }));
    const task = await api.json(200, 'GET', `/api/v1/tasks/${id}`);
    expect(task.webhook).toEqual({
      url: HOOK,
      events: ['started', 'completed', 'failed'],
      has_secret: true,
    });
    expect(task.deliveries).toEqual({
      delivered: 0,
      dropped: 0,
      failures: 0,
      last_error: null,
      ended: false,
    });
    await api.deps.tasks.cancel(id);
    const list = await api.send('GET', '/api/v1/tasks');
    const events = await api.send('GET', `/api/v1/tasks/${id}/events`);
    const seen = [JSON.stringify(task), await list.text(), await events.text(), ...api.logged].join('\n');
    expect(seen).not.toContain(SECRET.slice(6));
    expect((await api.deps.tasks.get(id))?.spec.webhook?.secret).toBe(SECRET);
  });

  it('shows what became of its messages', async () => {
    const api = await ApiHarness.open();
    const { task_id: id } = await api.json(
      202,
      'POST',
      '/api/v1/crawl',
      crawl({ url: HOOK, events: ['page'] }),
    );
    const state = { ...FIRST_WEBHOOK_STATE, delivered: 3, dropped: 1, failures: 2, lastError: 'status 503' };
    const outbox = api.outbox;
    const [turn] = await outbox.claim(1000, 1);
    if (turn === undefined) throw new Error('the task should be due');
    await outbox.update(turn, { state, dueAt: null, keep: false });
    const task = await api.json(200, 'GET', `/api/v1/tasks/${id}`);
    expect(task.webhook).toEqual({ url: HOOK, events: ['page'], has_secret: false });
    expect(task.deliveries).toEqual({
      delivered: 3,
      dropped: 1,
      failures: 2,
      last_error: 'status 503',
      ended: true,
    });
  });

  it('is none if none was requested', async () => {
    const api = await ApiHarness.open();
    const { task_id: id } = await api.json(202, 'POST', '/api/v1/crawl', { url: SEED, background: true });
    const task = await api.json(200, 'GET', `/api/v1/tasks/${id}`);
    expect([task.webhook, task.deliveries]).toEqual([null, undefined]);
    expect(await api.outbox.status(id)).toBeNull();
  });

  it('belongs to what an idempotency key stands for', async () => {
    const api = await ApiHarness.open();
    const post = (status: number, webhook: object) =>
      api.json(status, 'POST', '/api/v1/crawl', crawl(webhook), { 'Idempotency-Key': 'k' });
    const first = await post(202, { url: HOOK, secret: SECRET });
    expect((await post(202, { url: HOOK, secret: SECRET })).task_id).toBe(first.task_id);
    expect(await post(409, { url: HOOK })).toMatchObject({ code: 'idempotency-conflict' });
  });

  describe('is refused', () => {
    const api = ApiHarness.shared();

    it.each([
      [{ url: 'hook' }, 'bad-url', 'webhook.url'],
      [{ url: 'ftp://hook.example/' }, 'unsupported-scheme', 'webhook.url'],
      [{ url: 'https://me:pass@hook.example/' }, 'bad-url', 'webhook.url'],
      [{ url: `https://hook.example/${'x'.repeat(2048)}` }, 'bad-url', 'webhook.url'],
      [{ url: HOOK, secret: 'short' }, 'bad-request', 'webhook.secret'],
      [{ url: HOOK, secret: 'whsec_AAAA' }, 'bad-request', 'webhook.secret'],
      [{ url: HOOK, events: [] }, 'bad-request', 'webhook.events'],
      [{ url: HOOK, events: ['ended'] }, 'bad-request', 'webhook.events.0'],
      [{ url: HOOK, method: 'PUT' }, 'bad-request', 'webhook.method'],
      [{ secret: SECRET }, 'bad-request', 'webhook.url'],
      ['https://hook.example/', 'bad-request', 'webhook'],
    ])('%j', async (webhook, code, path) => {
      const problem = await api().json(400, 'POST', '/api/v1/crawl', crawl(webhook));
      expect(problem).toMatchObject({ code, errors: [{ path }] });
      expect(JSON.stringify(problem)).not.toContain('pass@');
    });
  });

  describe('P23: at an address that is not public is refused, with one response for all', () => {
    const policy = new AccessPolicy([]);
    const api = ApiHarness.shared({ deps: { checkUrl: (url) => checkUrl(url, policy) } });
    const literals = REFUSED_ADDRESSES.map(([address]) => address)
      .filter((address) => !address.includes('%'))
      .map((address) => (address.includes(':') ? `[${address}]` : address));

    it.each([...literals, 'localhost', '127.1', '0x7f000001', '017700000001', '2130706433', '0'])(
      '%s',
      async (host) => {
        for (const [path, body] of [
          ['/api/v1/crawl', crawl],
          ['/api/v1/pagination', pagination],
        ] as const) {
          const problem = await api().json(400, 'POST', path, body({ url: `http://${host}:8080/hook` }));
          expect(problem).toMatchObject({ code: 'address-refused', errors: [{ path: 'webhook.url' }] });
          expect(problem.detail).toBe(
            'Only public addresses can be crawled. To allow a private host, the operator adds it to ALLOWED_PRIVATE_HOSTS.',
          );
        }
      },
    );
  });
});
