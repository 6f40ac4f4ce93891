import { parseDocument } from '../../../pools/parse/parse-document.ts';
import { readPage } from '../../../src/core/html/read-page.ts';
import type { ScopeRules } from '../../../src/model/crawl-options.ts';
import type { ParsedPage } from '../../../src/model/parsed-page.ts';

export const PAGE_URL = 'https://example.com/docs/page.html';

const SITE: ScopeRules = {
  hosts: ['example.com'],
  subdomains: false,
  include: [],
  exclude: [],
  hashRoutes: false,
};

export interface ReadOptions {
  readonly url?: string;
  readonly scripting?: boolean;
  readonly scope?: Partial<ScopeRules>;
}

/** The page that markup at `PAGE_URL` makes. */
export function read(html: string, options: ReadOptions = {}): ParsedPage {
  const { url = PAGE_URL, scripting = false, scope = {} } = options;
  const document = parseDocument(html, scripting);
  return readPage(document, { url, charset: 'utf-8', scripting, scope: { ...SITE, ...scope } });
}

/** Path and text of each section. */
export function outline(html: string, options?: ReadOptions): [path: string, text: string][] {
  return read(html, options).sections.map(({ path, text }) => [path, text]);
}
