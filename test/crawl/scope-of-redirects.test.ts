import { expect, it } from 'vitest';
import { crawl, crawlOptions, openTestService } from '../support/crawled.ts';
import { startSite } from '../support/fixture-site.ts';
import { subjectPages } from '../support/slow-site.ts';

it('P30: a redirect to another host is recorded in the ledger and never widens the scope', async () => {
  await using elsewhere = await startSite(subjectPages(5, 0));
  const away = { status: 302, headers: { location: `${elsewhere.origin}/` } };
  const page = '<title>Start</title><p>Start</p><a href="/away">Away</a> <a href="/here">Here</a>';
  const links = `<title>Here</title><p>Here</p><a href="${elsewhere.url('/subject-1/notes')}">Out</a>`;
  await using site = await startSite({ '/': page, '/here': links, '/away': away });
  await using test = await openTestService();
  const { task, pages, ledger } = await crawl(test, crawlOptions(site.url('/'), { sitemap: false }));
  expect(task.status).toBe('completed');
  expect(pages.map(({ url }) => url).sort()).toEqual([site.url('/'), site.url('/here')]);
  expect(ledger.get(site.url('/away'))).toMatchObject({
    state: 'skipped',
    reason: 'redirect-out-of-scope',
    target: elsewhere.url('/'),
  });
  expect(ledger.get(elsewhere.url('/subject-1/notes'))).toMatchObject({ state: 'skipped' });
  expect(elsewhere.log).toEqual([]);
});
