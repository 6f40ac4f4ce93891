import { Server } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { HttpAgent } from '../../pools/http/http-agent.ts';
import { GuardedLookup } from '../../pools/net/guarded-lookup.ts';
import { Fetchers } from '../../src/app/fetchers.ts';
import { AccessPolicy } from '../../src/core/net/access-policy.ts';
import { parseSettings } from '../../src/core/settings.ts';
import { systemClock } from '../../src/drivers/system/clock.ts';
import { testBrowser } from '../pools/browser/test-browser.ts';
import { crawlOptions } from '../support/crawled.ts';

it('starts the browser proxy again for the next crawl when it could not listen', async () => {
  const { executablePath } = await testBrowser();
  const lookup = new GuardedLookup({ policy: new AccessPolicy([]) });
  const agent = new HttpAgent({ clock: systemClock, lookup });
  const settings = parseSettings({ CHROMIUM_PATH: executablePath });
  const fetchers = new Fetchers(settings, agent, lookup, process.env['PATH'] ?? '', systemClock);
  onTestFinished(async () => {
    vi.restoreAllMocks();
    await fetchers.close();
    await agent.destroy();
  });
  const options = crawlOptions('http://a.test/', { render: 'browser' });
  vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
    queueMicrotask(() => this.emit('error', new Error('EMFILE: too many open files')));
    return this;
  });
  await expect(fetchers.create(options, () => true)).rejects.toThrow('EMFILE');
  await expect(fetchers.create(options, () => true)).resolves.toBeDefined();
});
