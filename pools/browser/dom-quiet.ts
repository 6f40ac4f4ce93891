import type { Tab } from './tab.ts';

/** How long to wait for a page to finish rendering, in milliseconds. */
export interface QuietBudget {
  /** A page that does not change for this time is finished. */
  readonly quietMs: number;
  /** Upper bound of the whole wait. */
  readonly maxMs: number;
}

/** Navigations of a page's own scripts that are followed. */
const MAX_OWN_NAVIGATIONS = 3;

/** Returns the document as HTML when the DOM is quiet. Follows a page that navigates by itself. */
export async function contentWhenQuiet(tab: Tab, budget: QuietBudget): Promise<string> {
  for (let navigations = 0; ; navigations += 1) {
    try {
      await waitForDomQuiet(tab, budget);
      return await tab.page.content();
    } catch (error) {
      if (navigations >= MAX_OWN_NAVIGATIONS || !isNavigating(error)) throw error;
      await tab.page.waitForLoadState('load');
    }
  }
}

function isNavigating(error: unknown): boolean {
  return error instanceof Error && /context was destroyed|is navigating/i.test(error.message);
}

/**
 * Waits until scripts change nothing in the document and no request of the page is pending, or until the budget is
 * spent: an open socket or a poll delays a page no longer than that. A page without scripts does not wait.
 */
async function waitForDomQuiet(tab: Tab, budget: QuietBudget): Promise<void> {
  const endsAt = performance.now() + budget.maxMs;
  if (!(await tab.page.evaluate(() => document.scripts.length > 0))) return;
  for (;;) {
    const left = endsAt - performance.now();
    if (left <= 0) return;
    await tab.page.evaluate(untilQuiet, { quietMs: budget.quietMs, maxMs: left });
    if (tab.pendingRequests === 0) return;
  }
}

/** Runs in the page: resolves after `quietMs` without a change of the document, or after `maxMs`. */
function untilQuiet({ quietMs, maxMs }: { readonly quietMs: number; readonly maxMs: number }): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(end);
      resolve();
    };
    let timer = setTimeout(done, quietMs);
    const end = setTimeout(done, maxMs);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(done, quietMs);
    });
    observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  });
}
