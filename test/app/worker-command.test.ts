import { describe, expect, it } from 'vitest';
import { withOwnRedis } from '../drivers/redis/redis-under-test.ts';
import type { Site } from '../support/fixture-site.ts';
import { SharedRedis } from '../support/shared-redis.ts';
import { slowSite } from '../support/slow-site.ts';
import { tempDir } from '../support/temp-dir.ts';
import { WaymarkCommand } from '../support/waymark-command.ts';
import { within } from '../support/within.ts';

const MINUTE = 60_000;
const PAGES = 40;
const OPEN_AT_ONCE = 4;
/** Far under the 30 s of DRAIN_SECONDS. */
const SOON_MS = 15_000;

describe('the worker command', { timeout: 2 * MINUTE }, () => {
  it.each([
    [[], /bad-setting: REDIS_URL: /],
    [['--queues', 'mail'], /--queues takes crawling, pagination/],
    [['--supervise', 'all'], /--supervise takes a whole number/],
  ])('is refused when it is called wrongly: %j', async (args, words) => {
    await using command = new WaymarkCommand(['worker', ...args]);
    expect(await within('it ends', command.ended, MINUTE)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(words),
    });
  });

  it('explains itself', async () => {
    await using command = new WaymarkCommand(['worker', '--help']);
    expect(await within('it ends', command.ended, MINUTE)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--supervise N'),
    });
  });
});

await withOwnRedis('worker processes', () => {
  describe('worker processes', { timeout: 4 * MINUTE }, () => {
    it('hand over their tasks on a signal to stop, and others continue them', async () => {
      await using place = await SharedRedis.open();
      await using site = await slowSite(PAGES, 200);
      const client = await place.serve();
      const first = await place.worker();
      const id = await client.crawl(site.url('/'), { host_concurrency: OPEN_AT_ONCE, depth: 10 });
      await site.requested(() => site.log.length > PAGES / 4, MINUTE);
      first.child.kill('SIGTERM');
      expect(await within('the worker ends', first.ended, SOON_MS)).toMatchObject({ code: 0 });
      const left = await client.task(id);
      expect(left).toMatchObject({ status: 'pending', counts: { active: 0 } });
      expect(left.counts.pending).toBeGreaterThan(0);
      await place.worker();
      expect(await client.ended(id)).toMatchObject({ status: 'completed', counts: { done: PAGES } });
      expect(await client.pages(id)).toHaveLength(PAGES);
      expect(repeatsAt(site)).toBeLessThanOrEqual(OPEN_AT_ONCE);
    });

    it('are replaced by their supervisor when they have done enough, and end with it', async () => {
      await using place = await SharedRedis.open();
      await using site = await slowSite(3, 0);
      const client = await place.serve();
      const supervisor = await place.worker(['--supervise', '2'], { WORKER_MAX_TASKS: '1' });
      await supervisor.waitForLines(/^worker ready/, 2);
      await client.ended(await client.crawl(site.url('/')));
      const ready = await supervisor.waitForLines(/^worker ready/, 3);
      await supervisor.waitForLines(/"exit":75/);
      await client.ended(await client.crawl(site.url('/')));
      supervisor.child.kill('SIGTERM');
      expect(await within('the supervisor ends', supervisor.ended, SOON_MS)).toMatchObject({ code: 0 });
      expect(processIds(ready).filter(isAlive)).toEqual([]);
    });

    it('end when their supervisor is killed', async () => {
      await using place = await SharedRedis.open();
      const supervisor = await place.worker(['--supervise', '1']);
      await supervisor.waitForLines(/^worker ready/);
      process.kill(supervisor.child.pid ?? 0, 'SIGKILL');
      const { stderr } = await within('all that share its output are gone', supervisor.ended, SOON_MS);
      expect(stderr).toContain('the supervisor exited');
    });

    it('are refused where they would keep the graph in another folder', async () => {
      await using place = await SharedRedis.open();
      await using elsewhere = await tempDir();
      await place.serve();
      const worker = place.start(['worker'], { STORAGE_DIR: elsewhere.path });
      const { code, stderr } = await within('it ends', worker.ended, MINUTE);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^waymark: graph-not-shared: /m);
      expect(stderr).toContain(place.folder);
      expect(stderr).toContain(elsewhere.path);
    });
  });
});

/** Visits of pages beyond the first of each. */
function repeatsAt(site: Site): number {
  const paths = site.log.map(({ path }) => path).filter((path) => path !== '/robots.txt');
  return paths.length - new Set(paths).size;
}

/** Process ids in the lines that report a ready worker. */
function processIds(lines: readonly string[]): readonly number[] {
  return lines.map((line) => Number(/process (\d+)/.exec(line)?.[1]));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
