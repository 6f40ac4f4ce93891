import { PageError } from '../../src/core/ledger/page-error.ts';
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

/**
 * Returns the document as HTML when the DOM is quiet. Follows a page that navigates by itself. Rejects with `too-large` for
 * a document of more than `maxCharacters`, which never leaves the browser.
 */
export async function contentWhenQuiet(
  tab: Tab,
  budget: QuietBudget,
  maxCharacters: number,
): Promise<string> {
  for (let navigations = 0; ; navigations += 1) {
    try {
      await waitForDomQuiet(tab, budget);
      // A script of the page can replace what serialises the value, so its type is not certain.
      const html: unknown = await tab.page.evaluate(serialize, maxCharacters);
      if (typeof html === 'string' && html.length <= maxCharacters) return html;
      throw new PageError('too-large', `The rendered document is larger than ${maxCharacters} characters`);
    } catch (error) {
      if (navigations >= MAX_OWN_NAVIGATIONS || !isNavigating(error)) throw error;
      await tab.page.waitForLoadState('load');
    }
  }
}

/** Runs in the page: the document with its doctype, or null if it is too large. */
function serialize(maxCharacters: number): string | null {
  const doctype = document.doctype === null ? '' : new XMLSerializer().serializeToString(document.doctype);
  const html = document.documentElement === null ? '' : document.documentElement.outerHTML;
  const whole = `${doctype}${html}`;
  return whole.length > maxCharacters ? null : whole;
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
