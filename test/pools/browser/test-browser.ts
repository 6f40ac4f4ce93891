import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { onTestFinished } from 'vitest';
import type { BrowserProxy } from '../../../pools/browser/browser-proxy.ts';
import { type FoundBrowser, findBrowser } from '../../../pools/browser/find-browser.ts';

/** Kept from run to run; ignored by git. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/waymark', import.meta.url));

/** The browser that the product would use here. */
export function testBrowser(): Promise<FoundBrowser> {
  const { CHROMIUM_PATH, PATH } = process.env;
  return findBrowser({ executablePath: CHROMIUM_PATH ?? null, path: PATH ?? '', cacheDir: CACHE });
}

/** A browser behind the proxy, closed when the test ends. */
export async function launchBehind({ settings }: BrowserProxy): Promise<Browser> {
  const { executablePath, args, env, sandbox } = await testBrowser();
  const browser = await chromium.launch({
    executablePath,
    args: [...args, '--force-webrtc-ip-handling-policy=disable_non_proxied_udp'],
    env,
    chromiumSandbox: sandbox,
    proxy: settings,
  });
  onTestFinished(() => browser.close());
  return browser;
}
