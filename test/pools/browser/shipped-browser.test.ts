import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canSandbox } from '../../../pools/browser/find-browser.ts';
import {
  hasShippedBrowser,
  type ShippedBrowser,
  unpackShippedBrowser,
} from '../../../pools/browser/shipped-browser.ts';

const MODULE = new URL('../../../pools/browser/shipped-browser.ts', import.meta.url).href;

/** Unpacks in a process of its own. */
async function unpackElsewhere(cacheDir: string): Promise<ShippedBrowser> {
  const script = `import { unpackShippedBrowser } from ${JSON.stringify(MODULE)};
    console.log(JSON.stringify(await unpackShippedBrowser(process.argv[1])));`;
  const args = ['--input-type=module', '--eval', script, cacheDir];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
  return JSON.parse(stdout);
}

describe('the shipped browser', () => {
  it.runIf(hasShippedBrowser())(
    'is unpacked once by processes that start together, and runs (needs Linux on x64)',
    { timeout: 90_000 },
    async () => {
      const cacheDir = await mkdtemp(join(tmpdir(), 'waymark-shipped-'));
      onTestFinished(() => rm(cacheDir, { recursive: true }));
      const [here, there] = await Promise.all([unpackElsewhere(cacheDir), unpackElsewhere(cacheDir)]);
      expect(here).toEqual(there);
      expect(await unpackShippedBrowser(cacheDir)).toEqual(here);
      expect(await readdir(cacheDir)).toEqual([expect.stringMatching(/^chromium-\d+\.\d+\.\d+$/)]);

      const sandboxed = await canSandbox(process.env['PATH'] ?? '');
      const { executablePath, env } = here;
      const browser = await chromium.launch({ executablePath, env: { ...env }, chromiumSandbox: sandboxed });
      onTestFinished(() => browser.close());
      const page = await browser.newPage();
      await page.setContent(
        '<span style="font: 20px Open Sans">iiii</span> <span style="font: 20px Open Sans">mmmm</span>',
      );
      const widths = await page
        .locator('span')
        .evaluateAll((spans) => spans.map((span) => span.clientWidth || span.getBoundingClientRect().width));
      expect(widths[0]).toBeGreaterThan(0);
      expect(widths[1]).toBeGreaterThan(widths[0] ?? 0);
    },
  );
});

describe('canSandbox', () => {
  it.runIf(process.platform === 'linux')(
    'is false where namespaces cannot even be tried (Linux)',
    async () => {
      expect(await canSandbox('')).toBe(false);
    },
  );

  it.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
    'is false for root (Linux)',
    async () => {
      expect(await canSandbox(process.env['PATH'] ?? '')).toBe(false);
    },
  );
});
