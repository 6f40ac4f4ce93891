import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { testBrowser } from '../../pools/browser/test-browser.ts';
import { ApiHarness, SEED } from '../../support/api-harness.ts';
import { serveApi } from '../../support/serve-api.ts';

let browser: Browser;

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

  it('asks for the token, and again if it is wrong', async () => {
    const api = await ApiHarness.open({ settings: { API_TOKEN: 'open-sesame' } });
    await api.submit();
    const page = await openDashboard(api);
    await page.getByLabel('API token').fill('wrong');
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByText('The service does not take that token').waitFor();
    await page.getByLabel('API token').fill('open-sesame');
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByRole('link', { name: 'site.example' }).waitFor();
  });

  it('fits a narrow window, and names each control in words', async () => {
    const api = await ApiHarness.open();
    await api.submit();
    const page = await openDashboard(api, 390);
    await page.getByRole('button', { name: 'Pause crawl' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const nameless = await page.evaluate(`[...document.querySelectorAll('input, select, textarea, button, a')]
      .filter((control) => (control.labels?.[0] ?? control).textContent.trim() === '').map(({ outerHTML }) => outerHTML)`);
    expect(nameless).toEqual([]);
  });
});
