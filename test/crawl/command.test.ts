import { describe, expect, it } from 'vitest';
import { crawlCommand } from '../support/crawl-command.ts';
import { startSite } from '../support/fixture-site.ts';
import { generatedSite } from '../support/generated-site.ts';
import { tempDir } from '../support/temp-dir.ts';

const MINUTE = 60_000;
const PAGES = 60;

describe('the crawl command', { timeout: 2 * MINUTE }, () => {
  it('prints one JSON object and exits with 0', async () => {
    await using site = await startSite(generatedSite(PAGES));
    await using dir = await tempDir();
    const { code, stdout, stderr } = await crawlCommand([
      site.url('/'),
      '--render',
      'http',
      '--json',
      '--storage-dir',
      dir.path,
    ]).ended;

    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const { task_id, total_nodes, execution_time, ...result } = JSON.parse(stdout);
    expect(result).toMatchObject({
      status: 'completed',
      url: site.url('/'),
      pages_crawled: PAGES,
      pages_failed: 0,
      pages_skipped: 0,
    });
    expect(task_id).toMatch(/^[\da-f-]{36}$/);
    expect(total_nodes).toBeGreaterThan(PAGES);
    expect(execution_time).toBeGreaterThan(0);
  });

  it('prints a summary for a person without --json', async () => {
    await using site = await startSite({
      '/': '<title>One</title><p>Only this.</p><a href="/gone">gone</a>',
    });
    await using dir = await tempDir();
    const { code, stdout } = await crawlCommand([
      site.url('/'),
      '--render',
      'http',
      '--storage-dir',
      dir.path,
    ]).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/pages +1\n/);
    expect(stdout).toMatch(/1 {2}http-status/);
  });

  it.each([
    [[], /exactly one URL/],
    [['example.com'], /not a URL. Include the scheme/],
    [['ftp://example.com/'], /ftp: URLs cannot be crawled/],
    [['http://a.example/', '--boards', 'some'], /--boards takes sample or all, not "some"/],
    [['http://a.example/', 'http://b.example/'], /exactly one URL/],
    [['http://a.example/', '--max-pages', 'many'], /--max-pages takes a whole number from 1/],
    [['http://a.example/', '--max-pages', '0'], /--max-pages takes a whole number from 1/],
    [['http://a.example/', '--render', 'paper'], /--render takes browser, http or auto/],
    [['http://a.example/', '--colour'], /Unknown option '--colour'/],
    [['http://a.example/', '--include', ''], /--include ""/],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr } = await crawlCommand(args).ended;
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('names a wrong setting', async () => {
    const { code, stderr } = await crawlCommand(['http://a.example/'], { MAX_RETRIES: 'often' }).ended;
    expect(stderr).toMatch(/bad-setting: MAX_RETRIES/);
    expect(code).toBe(2);
  });

  it.each([
    ['a host that does not resolve', async () => 'http://no-such-host.invalid/', /seed-failed: .*dns/],
    ['a refused connection', closedPort, /seed-failed: .*connection/],
  ])('fails on %s with its reason', async (_, target, message) => {
    await using dir = await tempDir();
    const flags = ['--render', 'http', '--json', '--no-sitemap', '--storage-dir', dir.path];
    const { code, stdout, stderr } = await crawlCommand([await target(), ...flags], {
      RETRY_DELAY_SECONDS: '0',
    }).ended;
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failed',
      pages_crawled: 0,
      error: { code: 'seed-failed' },
    });
  });

  it('has nothing to resume where nothing was begun', async () => {
    await using dir = await tempDir();
    const { code, stderr } = await crawlCommand(['http://a.example/', '--resume', '--storage-dir', dir.path])
      .ended;
    expect(stderr).toMatch(/no unfinished crawl of http:\/\/a\.example\//);
    expect(code).toBe(1);
  });

  it.each([
    ['http', 'SIGINT', 130],
    ['http', 'SIGKILL', null],
    ['browser', 'SIGKILL', null],
  ] as const)(
    'in %s mode goes on with --resume after %s: no page lost, none twice, only open ones fetched again',
    async (render, signal, expected) => {
      await using site = await startSite(generatedSite(PAGES));
      await using dir = await tempDir();
      const args = [site.url('/'), '--render', render, '--json', '--storage-dir', dir.path];
      const first = crawlCommand(args);
      await site.requested(() => pageVisits(site.log) >= PAGES / 3, MINUTE);
      first.child.kill(signal);
      const interrupted = await first.ended;
      expect(interrupted.code).toBe(expected);
      if (signal === 'SIGINT') {
        expect(interrupted.stderr).toContain(`npm run -s crawl -- ${args.join(' ')} --resume`);
        expect(JSON.parse(interrupted.stdout)).toMatchObject({ status: 'interrupted' });
      }
      const { code, stdout, stderr } = await crawlCommand([...args, '--resume']).ended;
      expect(stderr).not.toMatch(/(?<!\b0 )failed/);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        status: 'completed',
        pages_crawled: PAGES,
        pages_failed: 0,
      });
      expect(pageVisits(site.log) - PAGES).toBeLessThanOrEqual(OPEN_AT_MOST);
    },
  );
});

/** Pages that the default limits let one host have open, and those that wait to be parsed and written. */
const OPEN_AT_MOST = 20;

function pageVisits(log: readonly { readonly path: string }[]): number {
  return log.filter(({ path }) => !/robots|sitemap|favicon/.test(path)).length;
}

async function closedPort(): Promise<string> {
  const site = await startSite({});
  const url = site.url('/');
  await site.close();
  return url;
}
