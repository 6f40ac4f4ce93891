import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { chromium } from 'playwright';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RedisUnderTest, withRedis } from '../../drivers/redis/redis-under-test.ts';
import { testBrowser } from '../../pools/browser/test-browser.ts';
import { ApiHarness } from '../../support/api-harness.ts';
import { serveApi } from '../../support/serve-api.ts';

const TOKEN = 'board-token';
const MINUTE = 60_000;

function basic(user: string, password: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** The API over a queue in which one job waits. */
async function openBoard({ url }: RedisUnderTest, settings: Record<string, string>): Promise<ApiHarness> {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const queue = new Queue('crawling', { connection, prefix: `board-${process.pid}` });
  await queue.add('task', { task: 'a-task-that-waits' });
  onTestFinished(async () => {
    await queue.obliterate({ force: true });
    await queue.close();
    connection.disconnect();
  });
  return ApiHarness.open({ settings, deps: { dispatchQueues: [queue] } });
}

describe('the board of queues, without Redis', () => {
  it('is not there', async () => {
    const api = await ApiHarness.open();
    for (const path of ['/queues', '/queues/', '/queues/api/queues']) {
      expect(await api.json(404, 'GET', path)).toMatchObject({
        code: 'not-found',
        detail: expect.stringContaining('REDIS_URL'),
      });
    }
  });
});

await withRedis('the board of queues', (redis) => {
  describe('the board of queues', { timeout: MINUTE }, () => {
    it('is open to those alone who know the token', async () => {
      const api = await openBoard(redis, { API_TOKEN: TOKEN });
      const strangers = [{}, basic('admin', 'wrong'), basic(TOKEN, ''), { Authorization: 'Basic !' }];
      for (const path of ['/queues', '/queues/', '/queues/api/queues', '/queues/static/favicon.ico']) {
        for (const headers of strangers) {
          const response = await api.send('GET', path, { headers });
          expect(response.status).toBe(401);
          expect(response.headers.get('WWW-Authenticate')).toMatch(/^Basic realm=/);
        }
        for (const headers of [basic('anybody', TOKEN), { Authorization: `Bearer ${TOKEN}` }]) {
          expect((await api.send('GET', path, { headers })).status).toBe(200);
        }
      }
    });

    it('shows what waits, and changes nothing', async () => {
      const api = await openBoard(redis, {});
      const { queues } = await api.json(200, 'GET', '/queues/api/queues?activeQueue=crawling&status=waiting');
      expect(queues[0]).toMatchObject({
        name: 'crawling',
        readOnlyMode: true,
        counts: { waiting: 1 },
        jobs: [{ data: { task: 'a-task-that-waits' } }],
      });
      const [{ id }] = queues[0].jobs;
      for (const [method, path] of [
        ['PUT', '/queues/api/queues/crawling/pause'],
        ['PUT', '/queues/api/queues/crawling/obliterate'],
        ['PUT', `/queues/api/queues/crawling/${id}/clean`],
        ['POST', '/queues/api/queues/crawling/add'],
      ] as const) {
        expect(await api.json(405, method, path)).toMatchObject({ code: 'method-not-allowed' });
      }
    });

    it('responds under its own host name only', async () => {
      const api = await openBoard(redis, {});
      const response = await api.send('GET', '/queues', { headers: { Host: 'rebound.example' } });
      expect(response.status).toBe(403);
    });

    it('works in a browser that may load nothing from elsewhere', async () => {
      const api = await openBoard(redis, { API_TOKEN: TOKEN });
      const origin = await serveApi(api);
      const { executablePath, args, env, sandbox } = await testBrowser();
      const browser = await chromium.launch({
        executablePath,
        args: [...args],
        env,
        chromiumSandbox: sandbox,
      });
      onTestFinished(() => browser.close());
      const context = await browser.newContext({ httpCredentials: { username: 'me', password: TOKEN } });
      const page = await context.newPage();
      const [refused, foreign, errors]: [string[], string[], string[]] = [[], [], []];
      page.on('request', (request) => {
        if (!/^(?:data:|blob:)/.test(request.url()) && !request.url().startsWith(`${origin}/`))
          foreign.push(request.url());
      });
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) refused.push(message.text());
      });
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.goto(`${origin}/queues/queue/crawling?status=waiting`);
      await page.getByText('a-task-that-waits').waitFor({ timeout: 20_000 });
      expect(errors).toEqual([]);
      expect(refused).toEqual([]);
      expect(foreign).toEqual([]);
    });
  });
});
