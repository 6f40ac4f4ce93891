import { describe, expect, it } from 'vitest';
import { LEASE_MS, LeaseRenewer } from '../../actors/pages/lease-renewer.ts';
import { SqliteFrontierStore } from '../../src/drivers/sqlite/frontier.ts';
import { claimPage, found, openCrawl, request, urlOf } from '../conformance/frontier/moves.ts';
import { TemporaryStorage } from '../drivers/sqlite/storage.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { SimulatedClock } from '../support/simulated-clock.ts';
import { until } from '../support/until.ts';

describe('a page that takes longer than its lease', () => {
  it('P27: is not given to anyone else while its worker lives, and is when it does not', async () => {
    await using storage = await TemporaryStorage.open();
    const clock = new SimulatedClock();
    const crawl = await openCrawl(new SqliteFrontierStore(storage.database, clock));
    await crawl.add([found('/slow')]);
    const claim = await claimPage(crawl, { owner: 'first', leaseMs: LEASE_MS });
    const renewer = new LeaseRenewer(crawl, clock, silentLogger);
    renewer.add(claim);
    for (let waited = 0; waited < 5 * LEASE_MS; waited += LEASE_MS / 6) {
      await clock.advance(LEASE_MS / 6);
      // Answered in turn, so what the renewer has requested before is done.
      expect(await crawl.claim(request({ owner: 'second' }))).toMatchObject({ kind: 'wait' });
    }
    renewer.stop();
    await clock.advance(LEASE_MS + 1);
    const again = await until('the lease has run out', async () => {
      const answer = await crawl.claim(request({ owner: 'second' }));
      return answer.kind === 'pages' ? answer.claims[0] : null;
    });
    expect(again).toMatchObject({ url: urlOf('/slow'), attempt: 2 });
  });
});
