import type { Tab } from './tab.ts';

/** How a page is given time to finish rendering, in milliseconds. */
export interface QuietBudget {
  /** A page without changes for so long is taken as finished. */
  readonly quietMs: number;
  /** Waited in all, at most. */
  readonly totalMs: number;
}

/** Navigations that a page may start by itself before it is taken as it stands. */
const OWN_NAVIGATIONS = 3;

/** The document as HTML once it has settled; a page that goes on to another one is followed there. */
export async function settledContent(tab: Tab, budget: QuietBudget): Promise<string> {
  for (let navigations = 0; ; navigations += 1) {
    try {
      await settle(tab, budget);
      return await tab.page.content();
    } catch (error) {
      if (navigations >= OWN_NAVIGATIONS || !isNavigating(error)) throw error;
      await tab.page.waitForLoadState('load');
    }
  }
}

function isNavigating(error: unknown): boolean {
  return error instanceof Error && /context was destroyed|is navigating/i.test(error.message);
}

/**
 * Waits until scripts have stopped changing the document and nothing they asked for is on its way, or until the
 * budget is spent: an open socket or a poll never holds a page up for longer. Pages without scripts do not wait.
 */
async function settle(tab: Tab, budget: QuietBudget): Promise<void> {
  const endsAt = performance.now() + budget.totalMs;
  if (!(await tab.page.evaluate(() => document.scripts.length > 0))) return;
  for (;;) {
    const left = endsAt - performance.now();
    if (left <= 0) return;
    await tab.page.evaluate(quiet, { quietMs: budget.quietMs, mostMs: left });
    if (tab.awaited === 0) return;
  }
}

/** Runs in the page: resolves after `quietMs` without a change of the document, or after `mostMs`. */
function quiet({ quietMs, mostMs }: { readonly quietMs: number; readonly mostMs: number }): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(end);
      resolve();
    };
    let timer = setTimeout(done, quietMs);
    const end = setTimeout(done, mostMs);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(done, quietMs);
    });
    observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  });
}
