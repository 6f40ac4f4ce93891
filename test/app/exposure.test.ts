import { describe, expect, it } from 'vitest';
import { ApiClient } from '../support/deployment/api-client.ts';
import { startSite } from '../support/fixture-site.ts';
import { GatedSite } from '../support/gated-site.ts';
import { listeningSockets } from '../support/listening-sockets.ts';
import { tempDir } from '../support/temp-dir.ts';
import { WaymarkCommand } from '../support/waymark-command.ts';
import { within } from '../support/within.ts';

const MINUTE = 60_000;
const PAGES = 6;

/** Crawlee opens a proxy for everybody when it is loaded (`pools/crawlee/no-open-proxy.ts`). */
describe('a service in the middle of a crawl', { timeout: 2 * MINUTE }, () => {
  it.each(['browser', 'http'])('can be reached by this machine alone, by %s', async (render) => {
    await using folder = await tempDir();
    const gate = new GatedSite(PAGES, 2);
    await using site = await startSite((request, response) => gate.handle(request, response));
    const settings = { PORT: '0', STORAGE_DIR: folder.path, ALLOWED_PRIVATE_HOSTS: '127.0.0.1' };
    await using service = new WaymarkCommand(['serve'], settings);
    const [line = ''] = await service.waitForLines(/"listening"/);
    const { url } = JSON.parse(line) as { readonly url: string };
    const client = new ApiClient(url);

    const task = await client.crawl(site.url('/'), { render });
    await within('pages are asked for', gate.reached, MINUTE);
    const sockets = await listeningSockets(service.child.pid ?? 0);
    expect(sockets).toContainEqual({ port: Number(new URL(url).port), isLoopback: true });
    expect(sockets.filter(({ isLoopback }) => !isLoopback)).toEqual([]);

    gate.open();
    expect(await client.ended(task)).toMatchObject({ status: 'completed', counts: { done: PAGES } });
  });
});
