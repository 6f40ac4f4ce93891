import { describe, expect, it } from 'vitest';
import { listen } from '../../src/app/listen.ts';
import { createDemoSite } from '../../src/demo/demo-site.ts';
import type { PageDetail } from '../../src/model/page.ts';
import type { SummaryReport } from '../../src/model/task-result.ts';
import { type Crawled, crawl, crawlOptions, openTestService, type TestService } from '../support/crawled.ts';
import { startSite } from '../support/fixture-site.ts';
import { OpenAiServer, summaryOf } from '../support/openai-server.ts';

const MINUTE = 60_000;

/** A service whose summaries are made by this server. */
function withModel({ baseUrl }: OpenAiServer, settings: Readonly<Record<string, string>> = {}) {
  return openTestService({
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: baseUrl,
    OPENAI_MODEL: 'test-model',
    ...settings,
  });
}

async function startDemo() {
  const demo = await listen(createDemoSite().fetch, '127.0.0.1', 0);
  return { url: `${demo.origin}/`, [Symbol.asyncDispose]: () => demo.close() };
}

function summarised(test: TestService, url: string): Promise<Crawled> {
  return crawl(test, crawlOptions(url, { summarize: true }));
}

function reportOf({ task }: Crawled): SummaryReport {
  const report = task.result?.summaries;
  if (report === undefined) throw new Error(`there should be summaries: ${JSON.stringify(task)}`);
  return report;
}

async function details({ service }: TestService, { pages }: Crawled): Promise<readonly PageDetail[]> {
  const found = await Promise.all(pages.map(({ url }) => service.graph.page(url)));
  return found.filter((page) => page !== null);
}

const PARAGRAPH = 'The ferry to the island leaves the old harbour at nine, at noon and at five. ';

function page(title: string, text = PARAGRAPH.repeat(5)): string {
  const footer = 'Harbour office, 1 Quay Street. Open daily. '.repeat(10);
  return `<html lang="en"><title>${title}</title><meta name="description" content="${title} of a harbour. ${PARAGRAPH.repeat(3)}"><body><main><h1>${title}</h1><p>${title}: ${text}</p>
    <a href="/">Home</a> <a href="/a">A</a> <a href="/b">B</a></main><footer><p>${footer}</p></footer></body></html>`;
}

const SITE = { '/': page('Front'), '/a': page('Ferry'), '/b': page('Tides') };

describe('summaries without a key', { timeout: MINUTE }, () => {
  it('are there for every section, page, group and site, and say that rules made them', async () => {
    await using demo = await startDemo();
    await using test = await openTestService();
    const crawled = await summarised(test, demo.url);
    expect(reportOf(crawled)).toMatchObject({ missing: 0, calls: 0, tokens: 0, by: 'extractive', cached: 0 });
    for (const { url, summary, sectionRows } of await details(test, crawled)) {
      expect(summary, url).toMatch(/\S/);
      for (const { path, text, summary: said } of sectionRows) {
        if (text === '') expect(said, `${url} ${path}`).toBeNull();
        else expect(said?.length, `${url} ${path}`).toBeGreaterThan(0);
        expect((said ?? '').length).toBeLessThanOrEqual(500);
      }
    }
    const structure = await test.service.graph.structure(demo.url, { cursor: null, limit: 1, preview: 1 });
    expect(structure?.site.summary).toMatch(/\S/);
    const { groups = [] } = (await test.service.graph.siteOverview(demo.url, 1)) ?? {};
    expect(groups.length).toBeGreaterThan(0);
    for (const { name, summary } of groups) expect(summary, name).toMatch(/\S/);
  });

  it('are not generated unless requested', async () => {
    await using site = await startSite(SITE);
    await using test = await openTestService();
    const crawled = await crawl(test, crawlOptions(site.url('/')));
    expect(crawled.task.result).not.toHaveProperty('summaries');
    expect(crawled.pages.map(({ summary }) => summary)).toEqual([null, null, null]);
  });
});

describe('summaries by a model', { timeout: MINUTE }, () => {
  it('of the demo site take at most a tenth of a call for each section, and none the second time', async () => {
    await using demo = await startDemo();
    await using model = await OpenAiServer.start();
    await using test = await withModel(model);
    const first = await summarised(test, demo.url);
    const sections = first.task.result?.sections ?? 0;
    expect(model.calls.length).toBeGreaterThan(0);
    expect(model.calls.length).toBeLessThanOrEqual(sections * 0.1);
    expect(reportOf(first)).toMatchObject({ missing: 0, calls: model.calls.length, by: 'test-model' });
    const asked = model.calls.flatMap(({ texts }) =>
      texts.map(({ kind, title, text }) => `${kind}|${title}|${text}`),
    );
    expect(new Set(asked).size).toBe(asked.length);

    const before = model.calls.length;
    const second = await summarised(test, demo.url);
    expect(model.calls.length).toBe(before);
    expect(reportOf(second)).toMatchObject({ made: 0, missing: 0, calls: 0, tokens: 0 });
    expect(reportOf(second).cached).toBe(reportOf(first).made + reportOf(first).cached);
  });

  it('are generated for changed content only', async () => {
    const pages = { ...SITE };
    await using site = await startSite((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(pages[(request.url ?? '/') as keyof typeof pages] ?? '');
    });
    await using model = await OpenAiServer.start();
    await using test = await withModel(model);
    await summarised(test, site.url('/'));
    const before = model.calls.length;
    pages['/b'] = page('Tides', 'High water comes an hour later each day, and so does the heron. '.repeat(5));
    const second = await summarised(test, site.url('/'));
    const asked = model.calls.slice(before).flatMap(({ texts }) => texts);
    expect(asked.filter(({ kind }) => kind === 'section').map(({ title }) => title)).toEqual(['Tides']);
    expect(asked.filter(({ kind }) => kind === 'page').map(({ title }) => title)).toEqual(['Tides']);
    expect(reportOf(second).missing).toBe(0);
  });

  it('never fail a crawl: what is missing is counted, and made by the next one', async () => {
    await using site = await startSite(SITE);
    await using model = await OpenAiServer.start(() => ({ kind: 'status', status: 401 }));
    await using test = await withModel(model);
    const first = await summarised(test, site.url('/'));
    expect(first.task.status).toBe('completed');
    expect(reportOf(first).missing).toBe(7);
    expect(model.calls).toHaveLength(1);
    expect(first.pages.map(({ summary }) => summary)).toEqual([null, null, null]);

    model.behaviour = () => ({ kind: 'summaries' });
    const second = await summarised(test, site.url('/'));
    expect(reportOf(second)).toMatchObject({ missing: 0, made: 7, by: 'test-model' });
    for (const { title, sectionRows } of await details(test, second)) {
      const main = sectionRows.find(({ type }) => type === 'main');
      expect(main?.summary).toBe(summaryOf({ n: 1, kind: 'section', title, text: main?.text ?? '' }));
    }
  });

  it('keep within the calls and tokens of a task', async () => {
    await using site = await startSite(SITE);
    await using model = await OpenAiServer.start();
    await using calls = await withModel(model, { SUMMARY_MAX_CALLS: '1' });
    const limited = reportOf(await summarised(calls, site.url('/')));
    expect(limited).toMatchObject({ calls: 1 });
    expect(limited.missing).toBeGreaterThan(0);
    expect(model.calls).toHaveLength(1);
    await using tokens = await withModel(model, { SUMMARY_MAX_TOKENS: '10' });
    expect(reportOf(await summarised(tokens, site.url('/')))).toMatchObject({ calls: 0, tokens: 0 });
    expect(model.calls).toHaveLength(1);
  });

  it('are waited for no longer than is allowed', async () => {
    await using site = await startSite(SITE);
    await using model = await OpenAiServer.start(() => ({ kind: 'silent' }));
    await using test = await withModel(model, { SUMMARY_WAIT_SECONDS: '1' });
    const crawled = await summarised(test, site.url('/'));
    expect(crawled.task.status).toBe('completed');
    expect(reportOf(crawled).missing).toBe(7);
  });

  it('hold no markup that a page has talked a model into', async () => {
    await using site = await startSite(SITE);
    const summary = '<img src=x onerror=alert(1)>Tides [here](http://evil.test/)\u202e **now**';
    await using model = await OpenAiServer.start(() => ({ kind: 'summaries', of: () => summary }));
    await using test = await withModel(model);
    const crawled = await summarised(test, site.url('/'));
    const said = (await details(test, crawled)).flatMap((row) => [row.summary, row.sectionRows[0]?.summary]);
    expect(said).toEqual(Array(6).fill('Tides here now'));
  });
});
