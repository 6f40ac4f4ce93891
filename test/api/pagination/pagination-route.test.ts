import { describe, expect, it } from 'vitest';
import { ApiHarness, PRIVATE_HOST } from '../../support/api-harness.ts';

const PAGINATION = '/api/v1/pagination';
const PATTERN = 'http://site.example/news?page={page}';
const query = (parameters: Record<string, string>) => `${PAGINATION}?${new URLSearchParams(parameters)}`;

describe('a paginated list that is submitted', () => {
  it('becomes a task of its own queue', async () => {
    const api = await ApiHarness.open();
    const response = await api.send('POST', PAGINATION, {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ total_pages: 30, url_pattern: PATTERN }),
    });
    expect(response.status).toBe(202);
    const { task_id, ...rest } = (await response.json()) as { task_id: string };
    expect(response.headers.get('Location')).toBe(`/api/v1/tasks/${task_id}`);
    expect(rest).toMatchObject({ status: 'pending', message: 'Waiting to start' });
    expect(await api.json(200, 'GET', `/api/v1/tasks/${task_id}`)).toMatchObject({
      kind: 'pagination',
      queue: 'pagination',
      url: 'http://site.example/news?page=1',
      status: 'pending',
      result: null,
      options: {
        total_pages: 30,
        url_pattern: PATTERN,
        all: false,
        render: 'auto',
        hash_routes: false,
        robots: true,
        media: false,
      },
    });
  });

  it('may be given in the query', async () => {
    const api = await ApiHarness.open();
    const path = query({ total_pages: '7', url_pattern: PATTERN, all: 'true', render: 'http' });
    const { task_id } = await api.json(202, 'POST', path);
    const { options } = await api.json(200, 'GET', `/api/v1/tasks/${task_id}`);
    expect(options).toMatchObject({ total_pages: 7, url_pattern: PATTERN, all: true, render: 'http' });
  });

  it('is started once for one idempotency key', async () => {
    const api = await ApiHarness.open();
    const start = (status: number, total_pages: number) =>
      api.json(status, 'POST', PAGINATION, { total_pages, url_pattern: PATTERN }, { 'Idempotency-Key': 'k' });
    const first = await start(202, 9);
    expect((await start(202, 9)).task_id).toBe(first.task_id);
    expect((await start(409, 10)).code).toBe('idempotency-conflict');
  });
});

describe('an invalid paginated list', () => {
  const shared = ApiHarness.shared();
  const refusal = async (body: object) => {
    const problem = await shared().json(400, 'POST', PAGINATION, body);
    return [problem.code, ...problem.errors.map(({ path }: { path: string }) => path)];
  };

  it.each([0, -1, 1e9, 1.5, 1_000_001, '7', null])('is refused for a total of %j', async (total_pages) => {
    expect(await refusal({ total_pages, url_pattern: PATTERN })).toEqual(['bad-request', 'total_pages']);
  });

  it.each([
    ['bad-request', 'http://site.example/news'],
    ['bad-request', 'http://site.example/{page}/{page}'],
    ['bad-request', 'http://site.example/news#{page}'],
    ['bad-request', 'http://{page}.0.0.1/'],
    ['bad-request', `http:///{page}`],
    ['bad-url', 'site.example/{page}'],
    ['bad-url', 'http://user:secret@site.example/{page}'],
    ['bad-url', ''],
    ['unsupported-scheme', 'ftp://site.example/{page}'],
    ['unsupported-scheme', 'file:///etc/{page}'],
    ['address-refused', `http://${PRIVATE_HOST}/{page}`],
  ])('is refused as %s for the pattern %s', async (code, url_pattern) => {
    expect(await refusal({ total_pages: 5, url_pattern })).toEqual([code, 'url_pattern']);
  });

  it('is refused where it is too large to be taken whole', async () => {
    const body = { total_pages: 10_001, url_pattern: PATTERN, all: true };
    expect(await refusal(body)).toEqual(['bad-request', 'all']);
    const api = await ApiHarness.open({ settings: { MAX_PAGES_LIMIT: '50' } });
    const problem = await api.json(400, 'POST', PAGINATION, { ...body, total_pages: 51 });
    expect(problem.errors).toEqual([
      { path: 'all', message: 'is for lists of at most 50 pages. Leave it out to visit a sample' },
    ]);
  });

  it('is refused for what is missing or unknown', async () => {
    expect(await refusal({})).toEqual(['bad-request', 'total_pages', 'url_pattern']);
    expect(await refusal({ total_pages: 5, url_pattern: PATTERN, depth: 3 })).toEqual([
      'bad-request',
      'depth',
    ]);
  });

  it('says what is wrong in words', async () => {
    const problem = await shared().json(400, 'POST', PAGINATION, { total_pages: 0, url_pattern: PATTERN });
    expect(problem.detail).toBe('total_pages: must be a whole number from 1 to 1000000.');
  });
});
