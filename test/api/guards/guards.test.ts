import { describe, expect, it } from 'vitest';
import { ApiHarness, SEED } from '../../support/api-harness.ts';

const TASKS = '/api/v1/tasks';

async function codeOf(response: Response): Promise<string> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  return ((await response.json()) as { code: string }).code;
}

describe('a service with a token', () => {
  const shared = ApiHarness.shared({ settings: { API_TOKEN: 'open-sesame', HOST: '0.0.0.0' } });
  const get = (path: string, authorization?: string) =>
    shared().send(
      'GET',
      path,
      authorization === undefined ? {} : { headers: { Authorization: authorization } },
    );

  it.each([TASKS, '/metrics', '/api/v1/nothing', '/api/v1/page?url=x'])('is required at %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(401);
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
    expect(await codeOf(response)).toBe('unauthorized');
  });

  it.each([
    'open-sesame',
    'Basic open-sesame',
    'Bearer',
    'Bearer open-sesam',
    'Bearer open-sesame2',
    'Bearer open sesame',
  ])('does not take %j', async (authorization) => {
    expect((await get(TASKS, authorization)).status).toBe(401);
  });

  it.each(['Bearer open-sesame', 'bearer  open-sesame'])('takes %j', async (authorization) => {
    expect((await get(TASKS, authorization)).status).toBe(200);
    expect((await get('/metrics', authorization)).status).toBe(200);
  });

  it.each(['/', '/docs', '/openapi.json', '/health', '/ready', '/assets/main.js'])(
    'shows %s without it',
    async (path) => {
      expect((await get(path)).status).toBe(200);
    },
  );

  it('responds under any host name', async () => {
    expect((await shared().send('GET', '/health', { headers: { Host: 'map.example' } })).status).toBe(200);
  });
});

describe('a service on the loopback address', () => {
  const shared = ApiHarness.shared();

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1:3000', 'x y', ''])(
    'does not answer as %j',
    async (host) => {
      const response = await shared().send('GET', '/api/v1/tasks', { headers: { Host: host } });
      expect(response.status).toBe(403);
      expect(await codeOf(response)).toBe('host-refused');
    },
  );

  it.each(['localhost:3000', 'LOCALHOST', '127.0.0.1:3000', '127.5.5.5', '[::1]:3000'])(
    'answers as %j',
    async (host) => {
      expect((await shared().send('GET', '/health', { headers: { Host: host } })).status).toBe(200);
    },
  );
});

describe('a page of another website', () => {
  const shared = ApiHarness.shared();
  const post = (headers: Record<string, string>) =>
    shared().send('POST', `/api/v1/crawl?background=true&url=${SEED}`, {
      headers: { Host: 'localhost:3000', ...headers },
    });

  it.each([
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'http://localhost:4000' },
    { 'Sec-Fetch-Site': 'cross-site' },
  ])('may not change anything: %j', async (headers) => {
    const response = await post(headers as Record<string, string>);
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe('origin-refused');
  });

  it('may not read anything either', async () => {
    const response = await shared().send('GET', TASKS, { headers: { Origin: 'https://evil.example' } });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect(response.headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
  });

  it('is not a page of the service itself', async () => {
    expect((await post({ Origin: 'http://localhost:3000', 'Sec-Fetch-Site': 'same-origin' })).status).toBe(
      202,
    );
  });
});

describe('every response', () => {
  const shared = ApiHarness.shared();

  it.each(['/', '/docs', '/health', '/nothing'])('of %s forbids what the pages do not need', async (path) => {
    const { headers } = await shared().send('GET', path);
    const policy = headers.get('Content-Security-Policy') ?? '';
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
  });
});

describe('a path', () => {
  const shared = ApiHarness.shared();

  it('that is not there is not found', async () => {
    const response = await shared().send('GET', '/nothing');
    expect(response.status).toBe(404);
    expect(await codeOf(response)).toBe('not-found');
  });

  it.each([
    ['PUT', '/api/v1/crawl', ['POST']],
    ['POST', TASKS, ['GET', 'HEAD']],
    ['PUT', `${TASKS}/x`, ['DELETE', 'GET', 'HEAD', 'PATCH']],
    ['GET', `${TASKS}/x/pause`, ['POST']],
    ['DELETE', '/', ['GET', 'HEAD']],
    ['OPTIONS', TASKS, ['GET', 'HEAD']],
  ])('does not take %s %s', async (method, path, allowed) => {
    const response = await shared().send(method, path);
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')?.split(', ').toSorted()).toEqual(allowed);
    expect(await codeOf(response)).toBe('method-not-allowed');
  });

  it('leaves a 404 of its own alone', async () => {
    expect((await shared().send('GET', `${TASKS}/nope`)).status).toBe(404);
  });
});

describe('a fault inside', () => {
  it('is written to the log, not sent to the caller', async () => {
    const api = await ApiHarness.open({ deps: { ready: () => Promise.reject(new Error('secret /path')) } });
    const response = await api.send('GET', '/ready');
    expect(response.status).toBe(500);
    const { code, detail } = (await response.json()) as { code: string; detail: string };
    expect(code).toBe('internal');
    expect(detail).not.toContain('secret');
    const id = /[\da-f-]{36}/.exec(detail)?.[0] ?? 'no id';
    expect(api.logged.join()).toContain(id);
    expect(api.logged.join()).toContain('secret /path');
  });
});
