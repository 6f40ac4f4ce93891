import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import type { FoundBrowser } from '../../pools/browser/find-browser.ts';
import { parseJob } from '../../pools/parse/parse-worker.ts';
import { canonicalUrl } from '../../src/core/url/canonical-url.ts';
import type { ParsedPage } from '../../src/model/parsed-page.ts';

/** Comparison of a browser's DOM and our parser for one kind of item. */
export interface Compared {
  /** In the DOM. */
  readonly expected: number;
  /** In the DOM but not found by the parser. */
  readonly missing: readonly string[];
  /** Found by the parser but not in the DOM. */
  readonly invented: readonly string[];
}

export interface PageComparison {
  readonly url: string;
  readonly links: Compared;
  readonly headings: Compared;
}

type Heading = readonly [level: number, text: string];

/** Links and headings in the DOM of a page. */
interface DomFacts {
  /** `document.links`: `a` and `area` with `href`. */
  readonly links: readonly string[];
  /** Link targets outside `document.links`: frames, and links in pictures. */
  readonly otherLinks: readonly string[];
  /** `h1` to `h6`. */
  readonly headings: readonly Heading[];
  /** Elements that are headings only by their role. */
  readonly otherHeadings: readonly Heading[];
  /** The serialised document. */
  readonly markup: string;
}

const SCOPE = { hosts: [], subdomains: false, include: [], exclude: [], hashRoutes: false };
/** The parser cuts longer headings. */
const HEADING_LENGTH = 200;
const PAGE_MS = 30_000;

/**
 * Loads pages in Chromium and compares the parser's result with the browser's own DOM. Without JavaScript both read the
 * bytes of the server; with it, the parser reads the serialised DOM after the scripts ran.
 */
export class DomComparison implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #javaScript: boolean;
  #page: Page | null = null;

  private constructor(browser: Browser, context: BrowserContext, javaScript: boolean) {
    this.#browser = browser;
    this.#context = context;
    this.#javaScript = javaScript;
  }

  static async open(found: FoundBrowser, javaScript: boolean): Promise<DomComparison> {
    const { executablePath, args, env, sandbox } = found;
    const browser = await chromium.launch({ executablePath, args: [...args], env, chromiumSandbox: sandbox });
    const context = await browser.newContext({ javaScriptEnabled: javaScript });
    await context.route(/\.(?:png|jpe?g|gif|svg|css|woff2?)(?:\?|$)/, (route) => route.abort());
    return new DomComparison(browser, context, javaScript);
  }

  async compare(url: string): Promise<PageComparison> {
    this.#page ??= await this.#context.newPage();
    const page = this.#page;
    await page.goto(url, { waitUntil: 'load', timeout: PAGE_MS });
    const facts = await page.evaluate(domFacts);
    const served = this.#javaScript ? { body: facts.markup, charset: null } : await servedBytes(url);
    const parsed = parseJob({ url: page.url(), ...served, contentType: 'text/html', scope: SCOPE });
    return { url, links: comparedLinks(facts, parsed), headings: comparedHeadings(facts, parsed) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#browser.close();
  }
}

/** The bytes that the server sends; the browser would return decoded text. */
async function servedBytes(
  url: string,
): Promise<{ readonly body: Uint8Array; readonly charset: string | null }> {
  const response = await fetch(url);
  const charset = /charset=([\w-]+)/.exec(response.headers.get('content-type') ?? '')?.[1] ?? null;
  return { body: new Uint8Array(await response.arrayBuffer()), charset };
}

function comparedLinks({ links, otherLinks }: DomFacts, parsed: ParsedPage): Compared {
  const found = parsed.links.map(({ url, fragment }) => (fragment === '' ? url : `${url}#${fragment}`));
  const expected = links.map(webAddress).filter((link) => link !== null);
  const others = otherLinks.map(webAddress).filter((link) => link !== null);
  return {
    expected: expected.length,
    missing: without(expected, found),
    invented: without(found, [...expected, ...others]),
  };
}

/** The URL in the parser's form; null for a target that is no web page. */
function webAddress(href: string): string | null {
  const hash = href.indexOf('#');
  const fragment = hash < 0 ? '' : href.slice(hash + 1);
  const url = canonicalUrl(href);
  return url === null || fragment === '' ? url : `${url}#${fragment}`;
}

function comparedHeadings({ headings, otherHeadings }: DomFacts, parsed: ParsedPage): Compared {
  const keys = (list: readonly Heading[]) => list.filter(([, text]) => text.trim() !== '').map(headingKey);
  const expected = keys(headings);
  const found = keys(parsed.headings.map(({ level, text }) => [level, text]));
  return {
    expected: expected.length,
    missing: without(expected, found),
    invented: without(found, [...expected, ...keys(otherHeadings)]),
  };
}

/** Level and letters. White space and permalink marks do not count. */
function headingKey([level, text]: Heading): string {
  return `h${level} ${text.replace(/[^\p{L}\p{N}]+/gu, '').slice(0, HEADING_LENGTH)}`;
}

/** The multiset difference: items that are not among the others. */
function without(items: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
  return items.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
}

function domFacts(): DomFacts {
  const picture = (link: Element) => link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? '';
  const textOf = (heading: Element) => {
    const copy = document.importNode(heading, true);
    for (const code of copy.querySelectorAll('script, style')) code.remove();
    return copy.textContent ?? '';
  };
  const absolute = (href: string) => URL.parse(href, document.baseURI)?.href ?? '';
  return {
    links: [...document.links].map((link) => link.href),
    otherLinks: [
      ...[...document.querySelectorAll('iframe[src], frame[src]')].map((frame) =>
        absolute(frame.getAttribute('src') ?? ''),
      ),
      ...[...document.querySelectorAll('svg a')].map((link) => absolute(picture(link))),
    ],
    headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(
      (heading) => [Number(heading.localName[1]), textOf(heading)] as const,
    ),
    otherHeadings: [...document.querySelectorAll('[role=heading]')].map(
      (heading) => [Number(heading.getAttribute('aria-level') ?? '2'), textOf(heading)] as const,
    ),
    markup: `${document.doctype === null ? '' : '<!doctype html>'}${document.documentElement.outerHTML}`,
  };
}
