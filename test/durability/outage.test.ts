import { describe, expect, it } from 'vitest';
import { withOwnRedis } from '../drivers/redis/redis-under-test.ts';
import { outageRound, RESUME_MS, TOLD_MS } from '../support/deployment/outage-round.ts';
import { withDeployment } from '../support/deployment/with-deployment.ts';
import { slowSite, subjectPath } from '../support/slow-site.ts';

const PAGES = 200;
const ANSWER_MS = 60;
const AWAY_MS = 5000;
const OPEN_AT_MOST = 40;

await withOwnRedis('an outage in the middle of a crawl', () => {
  describe('Redis killed in the middle of a crawl and started again', () => {
    it('P26: the crawl goes on by itself, /ready says no meanwhile, and no page is lost', async () => {
      await using site = await slowSite(PAGES, ANSWER_MS);
      await withDeployment({}, async (deployment) => {
        const round = await outageRound(deployment, site, PAGES / 2, AWAY_MS);
        expect(round.status).toBe('completed');
        expect(round.visitsBefore + round.visitsMeanwhile).toBeLessThan(PAGES);
        expect(round.notReadyAfterMs).toBeLessThan(TOLD_MS);
        expect(round.readyAgainAfterMs).toBeLessThan(TOLD_MS);
        expect(round.resumedAfterMs).toBeLessThan(RESUME_MS);
        expect(round.fetchedAgain).toBeLessThanOrEqual(OPEN_AT_MOST);
        expect(round.lostProcesses).toBe(0);
        expect(round.pages).toEqual(Array.from({ length: PAGES }, (_, n) => site.url(subjectPath(n))).sort());
      });
    }, 240_000);
  });
});
