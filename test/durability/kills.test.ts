import { describe, expect, it } from 'vitest';
import { withOwnRedis } from '../drivers/redis/redis-under-test.ts';
import { killRound, RECOVERY_MS } from '../support/deployment/kill-round.ts';
import { withDeployment } from '../support/deployment/with-deployment.ts';
import { slowSite, subjectPath } from '../support/slow-site.ts';

const PAGES = 200;
const ANSWER_MS = 60;

await withOwnRedis('kills', () => {
  describe('kill -9 in the middle of a crawl by two workers', { timeout: 4 * RECOVERY_MS }, () => {
    it('P3, P4: loses no page, stores none twice, and fetches again what was open at most', async () => {
      await using site = await slowSite(PAGES, ANSWER_MS);
      const whole = Array.from({ length: PAGES }, (_, n) => site.url(subjectPath(n))).sort();
      await withDeployment({}, async (deployment) => {
        const rounds = [
          await killRound(deployment, site, { victims: 'a worker', worker: 0, afterVisits: 70 }),
          await killRound(deployment, site, { victims: 'a worker and the API', worker: 1, afterVisits: 110 }),
          await killRound(deployment, site, { victims: 'everything', afterVisits: 150 }),
        ];
        for (const round of rounds) {
          expect(round.status).toBe('completed');
          expect(round.visitsAtKill).toBeLessThan(PAGES);
          expect(round.pages).toEqual(whole);
          expect(round.fetchedAgain).toBeLessThanOrEqual(round.openAtKill);
        }
        expect(Math.max(...rounds.map(({ heldByKilled }) => heldByKilled))).toBeGreaterThan(0);
      });
    });

    it('P3: a task whose workers are all dead can be cancelled', async () => {
      await using site = await slowSite(PAGES, ANSWER_MS);
      await withDeployment({ workers: 1 }, async ({ client, workers }) => {
        const id = await client.crawl(site.url('/'));
        await site.requested(({ path }) => path === subjectPath(20));
        await Promise.all(workers.map((worker) => worker.kill()));
        expect((await client.cancel(id)).status).toBe('cancelled');
        await Promise.all(workers.map((worker) => worker.start()));
        const { status, counts } = await client.taskWhen(
          'what the dead held is settled',
          id,
          ({ counts }) => counts.active === 0,
          RECOVERY_MS,
        );
        expect({ status, pending: counts.pending }).toEqual({ status: 'cancelled', pending: 0 });
        expect(counts.skipped).toBeGreaterThan(0);
      });
    });
  });
});
