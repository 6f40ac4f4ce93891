import { type Browser, type CDPSession, chromium, type Page } from 'playwright';
import type { FoundBrowser } from '../../pools/browser/find-browser.ts';
import type { Route, Step } from '../../src/model/route.ts';
import type { GraphStore } from '../../src/ports/graph-store.ts';

/** How sections of a type are found on a page; other types are found by any element. */
const ELEMENTS: Readonly<Record<string, string>> = {
  header: 'header, [role=banner]',
  navigation: 'nav, [role=navigation]',
  main: 'main, [role=main]',
  article: 'article',
  aside: 'aside, [role=complementary]',
  footer: 'footer, [role=contentinfo]',
  form: 'form',
  table: 'table',
  list: 'ul, ol, dl',
  search: 'search, form, [role=search]',
  breadcrumb: 'nav, [role=navigation], ol, ul',
  pagination: 'nav, [role=navigation]',
};
const STEP_MS = 15_000;
const MARK = 'data-waymark-step';

export interface StepClickerOptions {
  /** False for a map that was made by plain HTTP: it shows pages as they are served. Default true. */
  readonly javaScript?: boolean;
}

/** Takes the steps of routes as a person would: in a real browser, by what things are called. */
export class StepClicker implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #graph: GraphStore;
  readonly #javaScript: boolean;

  private constructor(browser: Browser, graph: GraphStore, javaScript: boolean) {
    this.#browser = browser;
    this.#graph = graph;
    this.#javaScript = javaScript;
  }

  static async open(
    graph: GraphStore,
    found: FoundBrowser,
    { javaScript = true }: StepClickerOptions = {},
  ): Promise<StepClicker> {
    const { executablePath, args, env, sandbox } = found;
    const browser = await chromium.launch({ executablePath, args: [...args], env, chromiumSandbox: sandbox });
    return new StepClicker(browser, graph, javaScript);
  }

  /**
   * Follows a route from a page. Each label must be the accessible name of something in its section that leads to the
   * target of the step when it is clicked.
   *
   * @throws if a step cannot be taken, or leads elsewhere.
   */
  async follow(start: string, route: Route): Promise<void> {
    const page = await this.#browser.newPage({ javaScriptEnabled: this.#javaScript });
    page.setDefaultTimeout(STEP_MS);
    try {
      await page.goto(start, { waitUntil: 'load' });
      for (const step of route.steps) await this.#take(page, step);
      await this.#expectToBeAt(page, route.target?.url ?? start);
    } finally {
      await page.close();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#browser.close();
  }

  async #take(page: Page, { section, text, role, target, page: from }: Step): Promise<void> {
    await this.#expectToBeAt(page, from.url);
    const what = `${role} “${text}” in ${section.path} of ${from.url}`;
    const client = await page.context().newCDPSession(page);
    const place = { elements: ELEMENTS[section.type] ?? '*', anchor: section.anchor };
    const links = await markLinks(client, { role, name: text }, place);
    const leading = await Promise.all(links.map((url) => this.#leadsTo(url, target.url)));
    if (links.length === 0) throw new Error(`there is no ${what}`);
    if (!leading.includes(true)) throw new Error(`no ${what} leads to ${target.url}`);
    await page.locator(`[${MARK}="${leading.indexOf(true)}"]`).click();
    await page.waitForLoadState('load');
    await this.#expectToBeAt(page, target.url);
  }

  async #expectToBeAt(page: Page, url: string): Promise<void> {
    if (!(await this.#leadsTo(page.url(), url))) throw new Error(`this is ${page.url()}, not ${url}`);
  }

  /** Whether a URL is that of a page of the map, or leads there. */
  async #leadsTo(url: string, target: string): Promise<boolean> {
    const plain = new URL(url);
    plain.hash = '';
    return plain.href === target || (await this.#graph.locate(plain.href))?.url === target;
  }
}

interface Called {
  readonly role: string;
  readonly name: string;
}

interface Place {
  /** Selects the elements that sections of this type are. */
  readonly elements: string;
  readonly anchor: string | null;
}

/**
 * Marks what has a role and an accessible name, as in the browser's own accessibility tree, and stands in the
 * place; returns the URL that each leads to, in the order of their marks.
 */
async function markLinks(client: CDPSession, called: Called, place: Place): Promise<readonly string[]> {
  const { root } = await client.send('DOM.getDocument', { depth: 0 });
  const { nodes } = await client.send('Accessibility.queryAXTree', {
    nodeId: root.nodeId,
    accessibleName: called.name,
    role: called.role,
  });
  const urls: string[] = [];
  for (const { backendDOMNodeId, ignored } of nodes) {
    if (ignored || backendDOMNodeId === undefined) continue;
    const { object } = await client.send('DOM.resolveNode', { backendNodeId: backendDOMNodeId });
    if (object.objectId === undefined) continue;
    const { result } = await client.send('Runtime.callFunctionOn', {
      objectId: object.objectId,
      functionDeclaration: markIfInPlace.toString(),
      arguments: [MARK, urls.length, place.elements, place.anchor].map((value) => ({ value })),
      returnByValue: true,
    });
    if (typeof result.value === 'string') urls.push(result.value);
  }
  return urls;
}

/** Runs in the page. */
function markIfInPlace(
  this: HTMLAnchorElement,
  name: string,
  mark: number,
  elements: string,
  anchor: string | null,
): string | null {
  for (let at: Element | null = this.parentElement; at !== null; at = at.parentElement) {
    const isHere = anchor === null || at.id === anchor || at.querySelector(`#${CSS.escape(anchor)}`) !== null;
    if (!at.matches(elements) || !isHere) continue;
    this.setAttribute(name, String(mark));
    return this.href;
  }
  return null;
}
