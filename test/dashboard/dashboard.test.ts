import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { AnalysisBatch } from '../../src/model/site-overview.ts';
import { testBrowser } from '../pools/browser/test-browser.ts';
import { ApiHarness, SEED } from '../support/api-harness.ts';
import { serveApi } from '../support/serve-api.ts';

let browser: Browser;

const SECRET = `whsec_${Buffer.alloc(24, 'x').toString('base64')}`;

/** A paginated list of known length, one of unknown length, and a group, over the pages that a staged crawl stores. */
const SITE_OVERVIEW: AnalysisBatch = {
  lists: [
    {
      pattern: `${SEED}news-with-a-name-that-is-longer-than-a-narrow-window?page={page}`,
      strategy: 'sampling',
      total: 40,
      checked: false,
      repeats: false,
      pages: [
        { page: 1, url: `${SEED}p/1` },
        { page: 20, url: `${SEED}p/2` },
      ],
    },
    {
      pattern: `${SEED}log?cursor={page}`,
      strategy: 'sampling',
      total: null,
      checked: false,
      repeats: false,
      pages: [{ page: 1, url: SEED }],
    },
  ],
  groups: [
    {
      name: '<i>Parts</i>',
      pattern: `${SEED}p/*`,
      fingerprint: 'plain',
      pages: 2,
      layouts: [],
      examples: [`${SEED}p/2`],
    },
  ],
};

beforeAll(async () => {
  const { executablePath, args, env, sandbox } = await testBrowser();
  browser = await chromium.launch({ executablePath, args: [...args], env, chromiumSandbox: sandbox });
}, 60_000);

afterAll(() => browser?.close());

/** The dashboard of a service, in a window of its own; the test fails if the page reports any error. */
async function openDashboard(api: ApiHarness, width = 1280): Promise<Page> {
  const origin = await serveApi(api);
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML/.test(message.text())) errors.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });
  await page.goto(`${origin}/`);
  return page;
}

async function startCrawl(page: Page, url: string): Promise<void> {
  await page.getByLabel('Website address').fill(url);
  await page.getByRole('button', { name: 'Start crawl' }).click();
}

/**
 * What is wrong with the page as it stands: ids given twice, references to nothing, a level of headings left out, and text
 * below the contrast of 4.5 to 1 that WCAG 2.2 §1.4.3 asks for (disabled controls are exempt).
 */
const FAULTS = `(() => {
  const all = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility());
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  const named = [...document.querySelectorAll('[aria-labelledby], [aria-describedby], label[for]')].flatMap((element) =>
    ['aria-labelledby', 'aria-describedby', 'for'].map((name) => element.getAttribute(name)).filter(Boolean));
  const lost = named.filter((id) => !ids.includes(id));
  const levels = all.filter(({ localName }) => /^h[1-6]$/.test(localName)).map(({ localName }) => Number(localName[1]));
  const skipped = levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1);
  const light = (channel) => (channel /= 255) <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  const luminance = ([red, green, blue]) => 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  const colour = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    if (element === null) return [255, 255, 255];
    const own = colour(getComputedStyle(element).backgroundColor);
    return own[3] === 0 ? ground(element.parentElement) : own;
  };
  const contrast = (element) => {
    const [a, b] = [colour(getComputedStyle(element).color), ground(element)].map(luminance).sort((a, b) => b - a);
    return (a + 0.05) / (b + 0.05);
  };
  const faint = all.filter((element) => !element.disabled && [...element.childNodes].some((node) =>
    node.nodeType === 3 && node.data.trim() !== '') && contrast(element) < 4.5);
  return [...twice, ...lost, ...skipped, ...faint.map(({ outerHTML }) => outerHTML)];
})()`;

describe('the dashboard', { timeout: 60_000 }, () => {
  it('starts a crawl, follows it to its end, and shows what was found as text', async () => {
    const held = Promise.withResolvers<void>();
    const api = await ApiHarness.open();
    api.crawlStaged({ pages: 3, foreign: 2, until: held.promise });
    const page = await openDashboard(api);
    await startCrawl(page, SEED);
    await page.getByRole('heading', { name: 'site.example' }).waitFor();
    await page.locator('#pages > li').nth(2).waitFor();
    await page.locator('#task-status', { hasText: 'Running' }).waitFor();
    held.resolve();
    await page.locator('#task-status', { hasText: 'Completed' }).waitFor();
    await page.getByRole('rowheader', { name: 'Another host than the one the crawl started at' }).waitFor();

    await page.getByText(`Title of ${SEED}p/1`).click();
    await page.getByText('<b>x</b> xxxxxxxxxxx').waitFor();
    await page.getByText('Every URL that was seen').click();
    await page.getByLabel('State').selectOption('skipped');
    await page.locator('#ledger-rows tr', { hasText: 'other.example/1' }).waitFor();
    expect(await page.locator('#ledger-rows tr').count()).toBe(2);
  });

  it('shows paginated lists, groups, summaries and the webhook of a crawl, while it runs and at its end', async () => {
    const held = Promise.withResolvers<void>();
    const api = await ApiHarness.open();
    const summaries = { made: 1200, cached: 30, missing: 4, calls: 7, tokens: 8900, by: 'small-model' };
    api.crawlStaged({ pages: 3, until: held.promise, result: { summaries } });
    const { task_id: id } = await api.json(202, 'POST', '/api/v1/crawl', {
      url: SEED,
      background: true,
      summarize: true,
      webhook: {
        url: 'https://hooks.example/waymark',
        events: ['completed'],
        secret: SECRET,
      },
    });
    const page = await openDashboard(api);
    await page.getByText('hooks.example/waymark receives completed (signed). 0 messages delivered').waitFor();
    await page.getByText('The crawl determines these after its last page.').waitFor();
    await page.getByText('Generated during the crawl').waitFor();
    await api.deps.graph.saveAnalysis(id, SITE_OVERVIEW, 1);
    await api.outbox.enqueue(id);
    held.resolve();
    await page.locator('#task-status', { hasText: 'Completed' }).waitFor();
    await page.getByText('1,200 generated, 30 reused, 4 missing. By small-model: 7 calls').waitFor();

    // The last message is sent when the crawl is over.
    const [turn] = await api.outbox.claim(60_000, 1);
    if (turn === undefined) throw new Error('the task should have something to tell');
    const state = { ...turn.state, delivered: 1, lastError: null };
    await api.outbox.update(turn, { state, dueAt: null, keep: false });
    await page.getByText('(signed). 1 message delivered, 0 dropped.').waitFor();

    const lists = page.getByRole('list', { name: 'Paginated lists (2)' });
    const [known, unknown] = [lists.getByRole('listitem').nth(0), lists.locator('> li').nth(1)];
    await known.getByText('2 of about 40 pages · visited: a sample').waitFor();
    await unknown.getByText('1 page of an unknown total · visited: its first pages').waitFor();
    await known.locator('summary').focus();
    await page.keyboard.press('Enter');
    const link = known.getByRole('link', { name: `Title of ${SEED}p/1` });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(`${SEED}p/1`);

    const groups = page.getByRole('list', { name: 'Groups of pages with the same layout (1)' });
    await groups.getByText('<i>Parts</i>').click();
    await groups.getByRole('link', { name: `Title of ${SEED}p/2` }).waitFor();
  });

  it('searches the map, and shows the steps to a hit', async () => {
    const api = await ApiHarness.open();
    api.crawlStaged({ pages: 3 });
    await api.submit();
    const page = await openDashboard(api);
    const search = async (text: string) => {
      await page.getByRole('searchbox', { name: 'What are you looking for?' }).fill(text);
      await page.keyboard.press('Enter');
    };
    await search('one');
    const hits = page.getByRole('list', { name: 'Search the map' });
    await hits.getByText('Choose “One” in the section “Welcome”.').waitFor();
    await hits.getByText('site.example/p/1 · 1 click from the first page').waitFor();
    const link = hits.getByRole('link', { name: 'Open site.example/p/1 in a new tab' });
    expect(await link.getAttribute('href')).toBe(`${SEED}p/1`);
    await search('submarines');
    await page.getByText('No page matches “submarines”. Try fewer or other words.').waitFor();
    expect(await hits.getByRole('listitem').count()).toBe(0);
    await search('!');
    await page.getByRole('alert').getByText('must contain at least one letter or digit').waitFor();
  });

  it('sends the form’s options for paginated lists and summaries', async () => {
    const api = await ApiHarness.open();
    const page = await openDashboard(api);
    await page.getByLabel('Pages of paginated lists').selectOption('Every page');
    await page.getByLabel('Summarise sections and pages').check();
    await startCrawl(page, SEED);
    await page.getByRole('heading', { name: 'site.example' }).waitFor();
    const { tasks } = await api.json(200, 'GET', '/api/v1/tasks');
    expect(tasks).toMatchObject([{ options: { boards: 'all', summarize: true } }]);
  });

  it('pauses, resumes and cancels', async () => {
    const api = await ApiHarness.open();
    const { id } = await api.submit();
    const page = await openDashboard(api);
    await page.getByRole('button', { name: 'Pause crawl' }).click();
    await page.locator('#task-status', { hasText: 'Paused' }).waitFor();
    await page.getByRole('button', { name: 'Resume crawl' }).click();
    await page.locator('#task-status', { hasText: 'Waiting' }).waitFor();
    await page.getByRole('button', { name: 'Cancel crawl' }).click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await page.locator('#task-status', { hasText: 'Cancelled' }).waitFor();
    expect((await api.deps.tasks.get(id))?.status).toBe('cancelled');
  });

  it('shows why a crawl was refused', async () => {
    const api = await ApiHarness.open();
    const page = await openDashboard(api);
    await startCrawl(page, 'http://10.0.0.1/');
    await page.getByRole('alert').getByText('This host is private.').waitFor();
  });

  it('prompts for the token, and again if it is wrong', async () => {
    const api = await ApiHarness.open({ settings: { API_TOKEN: 'open-sesame' } });
    await api.submit();
    const page = await openDashboard(api);
    await page.getByLabel('API token').fill('wrong');
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByText('The service refused this token').waitFor();
    await page.getByLabel('API token').fill('open-sesame');
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByRole('link', { name: 'site.example' }).waitFor();
  });

  it('fits a narrow window, and names each control in words', async () => {
    const api = await ApiHarness.open();
    const held = Promise.withResolvers<void>();
    api.crawlStaged({ pages: 3, until: held.promise });
    const { id } = await api.submit();
    const page = await openDashboard(api, 360);
    await page.locator('#pages > li').nth(2).waitFor();
    await api.deps.graph.saveAnalysis(id, SITE_OVERVIEW, 1);
    held.resolve();
    await page.reload();
    await page.getByText('2 of about 40 pages').click();
    await page.getByRole('link', { name: `Title of ${SEED}p/1` }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const nameless = await page.evaluate(`[...document.querySelectorAll('input, select, textarea, button, a')]
      .filter((control) => (control.labels?.[0] ?? control).textContent.trim() === '').map(({ outerHTML }) => outerHTML)`);
    expect(nameless).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read by everybody (%s)', async (colorScheme) => {
    const api = await ApiHarness.open();
    api.crawlStaged({ pages: 3 });
    const { id } = await api.submit();
    const page = await openDashboard(api);
    await page.emulateMedia({ colorScheme });
    await page.locator('#task-status', { hasText: 'Completed' }).waitFor();
    await api.deps.graph.saveAnalysis(id, SITE_OVERVIEW, 1);
    await page.reload();
    await page.getByText('2 of about 40 pages').click();
    expect(await page.evaluate(FAULTS)).toEqual([]);
  });
});
