import { describe, expect, it } from 'vitest';
import { WaymarkError } from '../../../src/core/errors.ts';
import { ApiHarness, PRIVATE_HOST, SEED } from '../../support/api-harness.ts';
import { SimulatedClock } from '../../support/simulated-clock.ts';
import { within } from '../../support/within.ts';

const CRAWL = '/api/v1/crawl';
const query = (parameters: Record<string, string>) => `${CRAWL}?${new URLSearchParams(parameters)}`;

async function optionsOf(api: ApiHarness, taskId: string) {
  return (await api.json(200, 'GET', `/api/v1/tasks/${taskId}`)).options;
}

describe('a crawl in the background', () => {
  it('returns its task at once', async () => {
    const api = await ApiHarness.open();
    const response = await api.send('POST', CRAWL, {
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ url: 'http://SITE.example:80/#top', background: true }),
    });
    expect(response.status).toBe(202);
    const { task_id, ...rest } = (await response.json()) as { task_id: string };
    expect(response.headers.get('Location')).toBe(`/api/v1/tasks/${task_id}`);
    expect(rest).toEqual({
      status: 'pending',
      message: 'Waiting to start',
      links: {
        self: `/api/v1/tasks/${task_id}`,
        events: `/api/v1/tasks/${task_id}/events`,
        pages: `/api/v1/tasks/${task_id}/pages`,
        ledger: `/api/v1/tasks/${task_id}/ledger`,
        reasons: `/api/v1/tasks/${task_id}/reasons`,
      },
    });
    expect(await api.json(200, 'GET', `/api/v1/tasks/${task_id}`)).toMatchObject({
      url: SEED,
      status: 'pending',
    });
  });

  it('starts at the URL as it is written, without what never selects a page', async () => {
    const api = await ApiHarness.open();
    const url = `${SEED}search?q=x&page=2&utm_source=y#top`;
    const { task_id } = await api.json(202, 'POST', CRAWL, { url, background: true });
    expect(await api.json(200, 'GET', `/api/v1/tasks/${task_id}`)).toMatchObject({
      url: `${SEED}search?q=x&page=2`,
    });
  });

  it('fills in what was not said', async () => {
    const api = await ApiHarness.open({
      settings: { MAX_PAGES: '77', MAX_TASK_SECONDS: '99', HOST_CONCURRENCY: '3' },
    });
    const { task_id } = await api.json(202, 'POST', CRAWL, { url: SEED, background: true });
    expect(await optionsOf(api, task_id)).toEqual({
      depth: 3,
      max_pages: 77,
      render: 'auto',
      include: [],
      exclude: [],
      subdomains: false,
      hash_routes: false,
      robots: true,
      sitemap: true,
      summarize: false,
      boards: 'sample',
      media: false,
      max_seconds: 99,
      host_concurrency: 3,
      host_delay_ms: 0,
    });
  });

  it('takes its options from the query as from the body', async () => {
    const api = await ApiHarness.open();
    const path = `${query({ url: SEED, depth: '2', background: 'true', robots: 'false', include: '/a' })}&include=/b`;
    const { task_id } = await api.json(202, 'POST', path);
    expect(await optionsOf(api, task_id)).toMatchObject({ depth: 2, robots: false, include: ['/a', '/b'] });
  });

  it('takes some from each', async () => {
    const api = await ApiHarness.open();
    const { task_id } = await api.json(202, 'POST', query({ background: 'true', depth: '0' }), { url: SEED });
    expect(await optionsOf(api, task_id)).toMatchObject({ depth: 0 });
  });

  it('takes an empty body for none', async () => {
    const api = await ApiHarness.open();
    const path = query({ url: SEED, background: 'true' });
    const response = await api.send('POST', path, {
      headers: { 'Content-Type': 'application/json' },
      body: '',
    });
    expect(response.status).toBe(202);
  });

  it('is started once for one idempotency key', async () => {
    const api = await ApiHarness.open();
    const start = (status: number, url: string) =>
      api.json(status, 'POST', CRAWL, { url, background: true }, { 'Idempotency-Key': 'k 1' });
    const first = await start(202, SEED);
    expect((await start(202, SEED)).task_id).toBe(first.task_id);
    expect((await start(409, `${SEED}other`)).code).toBe('idempotency-conflict');
    const { tasks } = await api.json(200, 'GET', '/api/v1/tasks');
    expect(tasks).toHaveLength(1);
  });

  it('is refused when too many wait', async () => {
    const api = await ApiHarness.open();
    for (let n = 0; n < 5; n++) await api.json(202, 'POST', CRAWL, { url: `${SEED}${n}`, background: true });
    const response = await api.send('POST', query({ url: SEED, background: 'true' }));
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ code: 'too-many-tasks', retryable: true });
  });
});

describe('a crawl in the foreground', () => {
  it('returns the pages', async () => {
    const api = await ApiHarness.open();
    api.crawlStaged({ pages: 2, foreign: 3 });
    const answer = await api.json(200, 'POST', CRAWL, { url: SEED });
    expect(answer).toMatchObject({
      status: 'completed',
      url: SEED,
      pages_crawled: 2,
      pages_failed: 0,
      pages_skipped: 3,
      // one root, two pages, one section on each
      total_nodes: 5,
      execution_time: 1.5,
      reasons: { 'out-of-scope': 3 },
      next: null,
    });
    expect(answer.data).toHaveLength(2);
    expect(answer.data[1]).toMatchObject({
      url: `${SEED}p/1`,
      title: `Title of ${SEED}p/1`,
      summary: null,
      parsed: {
        description: 'A staged page',
        language: 'en',
        sections: [{ type: 'main', heading: 'Welcome', anchor: 'welcome', path: 'main' }],
        links: [{ url: `${SEED}p/1`, text: 'One', role: 'link', section: 0 }],
      },
    });
  });

  it('returns 100 pages, and where the others are', async () => {
    const api = await ApiHarness.open();
    api.crawlStaged({ pages: 103 });
    const { data, next } = await api.json(200, 'POST', CRAWL, { url: SEED });
    expect(data).toHaveLength(100);
    const rest = await api.json(200, 'GET', next);
    expect(rest.next).toBeNull();
    expect(rest.pages.map(({ url }: { url: string }) => url)).toEqual(
      [100, 101, 102].map((n) => `${SEED}p/${n}`),
    );
    expect(rest.pages[0].parsed.sections).toHaveLength(1);
  });

  it('returns fewer pages when they are large', async () => {
    const api = await ApiHarness.open();
    api.crawlStaged({ pages: 40, characters: 150_000 });
    const { data, next } = await api.json(200, 'POST', CRAWL, { url: SEED });
    // 2,000,000 characters are passed in the second ten
    expect(data).toHaveLength(20);
    expect((await api.json(200, 'GET', next)).pages).toHaveLength(20);
  });

  it('goes on as a task after the wait', async () => {
    const clock = new SimulatedClock();
    const api = await ApiHarness.open({ clock });
    let answered = false;
    const answer = api.json(202, 'POST', CRAWL, { url: SEED, wait: 20 }).finally(() => {
      answered = true;
    });
    const start = clock.now();
    while (!answered) await clock.advance(500);
    expect(await answer).toMatchObject({ status: 'pending', message: expect.stringContaining('20 s') });
    expect(clock.now() - start).toBeGreaterThanOrEqual(20_000);
  });

  it('is not waited for with a wait of 0', async () => {
    const api = await ApiHarness.open();
    expect(await api.json(202, 'POST', query({ url: SEED, wait: '0' }))).toMatchObject({ status: 'pending' });
  });

  it('returns why it failed', async () => {
    const api = await ApiHarness.open();
    api.crawlStaged({ pages: 0, failure: new WaymarkError('seed-failed', 'The host does not answer.') });
    const problem = await api.json(502, 'POST', CRAWL, { url: SEED });
    expect(problem).toMatchObject({ code: 'seed-failed', detail: 'The host does not answer.', status: 502 });
    expect(await api.json(200, 'GET', `/api/v1/tasks/${problem.task_id}`)).toMatchObject({
      status: 'failed',
      error: { code: 'seed-failed' },
    });
  });

  it('returns that it was cancelled', async () => {
    const api = await ApiHarness.open();
    const begun = Promise.withResolvers<string>();
    api.work(async ({ task }) => {
      begun.resolve(task.id);
      return { kind: 'stopped' };
    });
    const answer = api.json(409, 'POST', CRAWL, { url: SEED });
    await api.json(200, 'DELETE', `/api/v1/tasks/${await within('the crawl to begin', begun.promise)}`);
    expect(await answer).toMatchObject({ code: 'task-cancelled' });
  });

  it('responds to the caller when the service stops', async () => {
    const api = await ApiHarness.open();
    const answer = api.json(202, 'POST', CRAWL, { url: SEED, wait: 600 });
    api.stopping.abort();
    expect(await within('the answer', answer)).toMatchObject({ status: 'pending' });
  });
});

describe('a URL that cannot be crawled', () => {
  const shared = ApiHarness.shared();

  it.each([
    ['', 'bad-url'],
    ['example.com', 'bad-url'],
    ['//example.com', 'bad-url'],
    ['http://', 'bad-url'],
    ['http://.', 'bad-url'],
    ['http://exa mple.com/', 'bad-url'],
    ['http://me:secret@example.com/', 'bad-url'],
    ['http://me@example.com/', 'bad-url'],
    [`http://example.com/${'x'.repeat(3000)}`, 'bad-url'],
    ['ftp://example.com/', 'unsupported-scheme'],
    ['file:///etc/passwd', 'unsupported-scheme'],
    ['javascript:alert(1)', 'unsupported-scheme'],
    ['data:text/html,x', 'unsupported-scheme'],
    ['example.com:8080', 'unsupported-scheme'],
    [`http://${PRIVATE_HOST}/`, 'address-refused'],
    ['http://0xa000001/', 'address-refused'],
  ])('%j is %s', async (url, code) => {
    const api = shared();
    const problem = await api.json(400, 'POST', CRAWL, { url });
    expect(problem).toMatchObject({ code, errors: [{ path: 'url' }] });
    expect(problem.detail).not.toContain('secret');
    expect((await api.json(200, 'GET', '/api/v1/tasks')).tasks).toEqual([]);
  });
});

describe('a request that is not valid', () => {
  const shared = ApiHarness.shared({
    settings: { MAX_PAGES_LIMIT: '500', HOST_DELAY_MS: '100', HOST_CONCURRENCY: '4' },
  });

  const refusal = async (body: unknown, path = CRAWL) => {
    const api = shared();
    const problem = await api.json(400, 'POST', path, body);
    expect(problem.code).toBe('bad-request');
    return problem.errors.map(({ path: at }: { path: string }) => at);
  };

  it('names every value that is wrong', async () => {
    expect(
      await refusal({ depth: 'two', robots: 1, include: ['/ok', ''], colour: 'red', __proto__x: 1 }),
    ).toEqual(['url', 'depth', 'include.1', 'robots', 'colour', '__proto__x']);
  });

  it.each([
    ['depth', -1],
    ['depth', 1001],
    ['depth', 1.5],
    ['depth', null],
    ['depth', '3'],
    ['max_pages', 0],
    ['max_pages', 501],
    ['wait', 601],
    ['wait', -1],
    ['render', 'fast'],
    ['boards', 'some'],
    ['include', '/a'],
    ['exclude', Array.from({ length: 51 }, () => '/a')],
    ['background', 'true'],
    ['host_delay_ms', 99],
    ['host_concurrency', 5],
    ['max_seconds', 0],
    ['url', 5],
    ['url', ['http://site.example/']],
  ])('refuses %s = %j in the body', async (key, value) => {
    expect((await refusal({ url: SEED, [key]: value })).every((path: string) => path.startsWith(key))).toBe(
      true,
    );
  });

  it.each([
    ['depth', ''],
    ['depth', '2.0'],
    ['depth', '0x2'],
    ['depth', ' 2'],
    ['depth', '1e1'],
    ['background', ''],
    ['background', '1'],
    ['background', 'True'],
    ['colour', 'red'],
    ['toString', 'x'],
    ['__proto__', 'x'],
  ])('refuses %s=%s in the query', async (key, value) => {
    expect(await refusal(undefined, query({ url: SEED, [key]: value }))).toEqual([key]);
  });

  it('refuses names that every object has', async () => {
    expect(await refusal({ url: SEED, toString: 1, constructor: 2 })).toEqual(['toString', 'constructor']);
    expect(await refusal(JSON.parse(`{"url": "${SEED}", "__proto__": {"depth": 1}}`))).toEqual(['__proto__']);
  });

  it('refuses a key twice', async () => {
    expect(await refusal(undefined, `${query({ url: SEED, depth: '1' })}&depth=2`)).toEqual(['depth']);
    expect(await refusal({ depth: 1 }, query({ url: SEED, depth: '1' }))).toEqual(['depth']);
  });

  it.each(['[]', '"x"', 'null', '5', '{', '{"url": "http://a/",}'])('refuses the body %s', async (body) => {
    const api = shared();
    const response = await api.send('POST', CRAWL, { headers: { 'Content-Type': 'application/json' }, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'bad-request' });
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'application/jsonx'])(
    'refuses a body of %s',
    async (type) => {
      const api = shared();
      const body = JSON.stringify({ url: SEED });
      const response = await api.send('POST', CRAWL, { headers: { 'Content-Type': type }, body });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ code: 'unsupported-media-type' });
    },
  );

  it('refuses an idempotency key that is too long', async () => {
    const api = shared();
    const problem = await api.json(400, 'POST', CRAWL, { url: SEED }, { 'Idempotency-Key': 'k'.repeat(201) });
    expect(problem.errors[0].path).toBe('Idempotency-Key');
  });

  it('refuses a body that is too large, with and without a declared length', async () => {
    const api = await ApiHarness.open({ settings: { MAX_BODY_BYTES: '1024' } });
    const body = JSON.stringify({ url: `${SEED}${'x'.repeat(1024)}` });
    const headers = { 'Content-Type': 'application/json' };
    const told = await api.send('POST', CRAWL, {
      body,
      headers: { ...headers, 'Content-Length': String(body.length) },
    });
    const untold = await api.send('POST', CRAWL, {
      body: new Blob([body]).stream(),
      headers,
      duplex: 'half',
    } as RequestInit);
    for (const response of [told, untold]) {
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ code: 'body-too-large' });
    }
  });
});
