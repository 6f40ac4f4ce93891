import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { type Pages, startSite } from '../support/fixture-site.ts';
import { tempDir } from '../support/temp-dir.ts';
import { until } from '../support/until.ts';
import { WaymarkCommand } from '../support/waymark-command.ts';

const MINUTE = 60_000;
const IMPATIENT = { PAGE_TIMEOUT_SECONDS: '10', MAX_RETRIES: '1', RETRY_DELAY_SECONDS: '0' };

/** A site whose front page links to the hostile page and to an innocent one. */
function siteWith(pages: Pages): Pages {
  return {
    '/': '<title>Start</title><a href="/hostile">hostile</a> <a href="/innocent">innocent</a>',
    '/innocent': '<title>Innocent</title><p>Here.</p>',
    ...pages,
  };
}

/** Profiles in a folder for temporary files, which no other test uses. */
function profiles(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) =>
    /^(waymark-browser-|playwright_chromiumdev_profile-)/.test(name),
  );
}

async function rawServer(response: string): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(response));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, origin: `http://127.0.0.1:${address.port}` };
}

describe('a hostile page in the browser', { timeout: 3 * MINUTE }, () => {
  it('cannot end the process with a control character in a reason phrase', async () => {
    const raw = await rawServer(
      'HTTP/1.1 200 O\x01K\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<title>Odd</title><p>odd</p>',
    );
    await using site = await startSite({
      '/': `<title>Start</title><img src="${raw.origin}/i.png"><iframe src="${raw.origin}/frame"></iframe><p>here</p>`,
    });
    await using test = await openTestService(IMPATIENT);
    const odd = await crawl(
      test,
      crawlOptions(`${raw.origin}/`, { render: 'browser', sitemap: false, robots: false }),
    );
    const framed = await crawl(
      test,
      crawlOptions(site.url('/'), { render: 'browser', sitemap: false, media: true }),
    );
    raw.server.close();
    expect(odd.pages.map(({ title }) => title)).toEqual(['Odd']);
    expect(framed.pages.map(({ title }) => title)).toEqual(['Start']);
  });

  it.each([
    ['console', 'console.log("\\u0001".repeat(1e8))'],
    ['title', 'document.title = "\\u0001".repeat(9e7)'],
  ])('that floods the %s ends its own visit and nothing else', async (_, script) => {
    await using site = await startSite(
      siteWith({ '/hostile': `<title>Hostile</title><script>${script}</script><p>done</p>` }),
    );
    await using test = await openTestService(IMPATIENT);
    const { task, ledger } = await crawl(
      test,
      crawlOptions(site.url('/'), { render: 'browser', sitemap: false }),
    );
    expect(task.status).toBe('completed');
    expect(ledger.get(site.url('/innocent'))).toMatchObject({ state: 'done' });
    expect(ledger.get(site.url('/hostile'))?.state).toMatch(/^(done|failed)$/);
  });

  it('that redirects to a dead https host costs that URL alone', async () => {
    await using site = await startSite(
      siteWith({ '/hostile': { status: 302, headers: { location: 'https://127.0.0.1:9/' }, body: '' } }),
    );
    await using test = await openTestService(IMPATIENT);
    const { task, ledger } = await crawl(
      test,
      crawlOptions(site.url('/'), { render: 'browser', sitemap: false }),
    );
    expect(task.status).toBe('completed');
    expect(ledger.get(site.url('/innocent'))).toMatchObject({ state: 'done' });
    expect(ledger.get(site.url('/hostile'))?.state).toMatch(/^(skipped|failed)$/);
  });

  it('opens no windows, not even from windows', async () => {
    const popup = '<script>for (let i = 0; i < 5; i += 1) open("/popup", "_blank", "noopener")</script>';
    await using site = await startSite(
      siteWith({
        '/hostile': `<title>Hostile</title>${popup}<p>done</p>`,
        '/popup': `<title>Popup</title>${popup}`,
      }),
    );
    await using test = await openTestService(IMPATIENT);
    const { ledger } = await crawl(test, crawlOptions(site.url('/'), { render: 'browser', sitemap: false }));
    expect(ledger.get(site.url('/hostile'))).toMatchObject({ state: 'done' });
    expect(site.visits('/popup').length).toBeLessThan(20);
  });

  it('whose rendered document is too large fails as too large', async () => {
    await using site = await startSite(
      siteWith({
        '/hostile': `<title>Hostile</title><script>document.write("<p title=" + "x".repeat(2e7) + ">wide</p>")</script>`,
      }),
    );
    await using test = await openTestService(IMPATIENT);
    const { ledger } = await crawl(test, crawlOptions(site.url('/'), { render: 'browser', sitemap: false }));
    expect(ledger.get(site.url('/innocent'))).toMatchObject({ state: 'done' });
    expect(ledger.get(site.url('/hostile'))).toMatchObject({ state: 'failed', reason: 'too-large' });
  });

  it('that takes memory without end is ended, and the crawl goes on', async () => {
    const script =
      'const held = []; setInterval(() => held.push(new Uint8Array(5e7).fill(1)), 20); for (;;) await new Promise((r) => setTimeout(r, 50));';
    await using site = await startSite(
      siteWith({ '/hostile': `<title>Hostile</title><script type="module">${script}</script><p>done</p>` }),
    );
    await using test = await openTestService({ ...IMPATIENT, BROWSER_MAX_MEMORY_MB: '800' });
    const { task, ledger } = await crawl(
      test,
      crawlOptions(site.url('/'), { render: 'browser', sitemap: false }),
    );
    expect(task.status).toBe('completed');
    expect(ledger.get(site.url('/innocent'))).toMatchObject({ state: 'done' });
  });

  it('cannot take the place of another page with history.pushState', async () => {
    await using site = await startSite(
      siteWith({
        '/hostile':
          '<title>Hostile</title><script>history.pushState(null, "", "/innocent")</script><p>done</p>',
      }),
    );
    await using test = await openTestService(IMPATIENT);
    const { pages } = await crawl(test, crawlOptions(site.url('/'), { render: 'browser', sitemap: false }));
    const titles = new Map(pages.map(({ url, title }) => [new URL(url).pathname, title]));
    expect(titles.get('/innocent')).toBe('Innocent');
    expect(titles.get('/hostile')).toBe('Hostile');
  });

  it('leaves no profile behind when the crawl is killed', async () => {
    await using site = await startSite(
      siteWith({ '/hostile': { delayMs: 60_000, body: '<title>Slow</title>' } }),
    );
    await using storage = await tempDir();
    const args = ['crawl', site.url('/'), '--render', 'browser', '--storage-dir', storage.path];
    await using command = new WaymarkCommand(args, { TMPDIR: storage.path });
    await site.requested(({ path }) => path === '/hostile', MINUTE);
    expect(profiles(storage.path)).toHaveLength(1);
    command.child.kill('SIGKILL');
    const left = () => profiles(storage.path).length;
    await until('the profiles are deleted', async () => (left() === 0 ? true : null), MINUTE);
  });

  it('leaves no profile behind', async () => {
    await using folder = await tempDir();
    vi.stubEnv('TMPDIR', folder.path);
    onTestFinished(() => void vi.unstubAllEnvs());
    await using site = await startSite(siteWith({ '/hostile': '<title>Quiet</title>' }));
    await using test = await openTestService(IMPATIENT);
    await crawl(test, crawlOptions(site.url('/'), { render: 'browser', sitemap: false }));
    expect(profiles(folder.path)).toEqual([]);
  });
});
