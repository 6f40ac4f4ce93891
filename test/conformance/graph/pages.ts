import { derivedId } from '../../../src/core/derived-id.ts';
import type { AliasWrite, PageDetail, PageWrite, StoredPage } from '../../../src/model/page.ts';
import type { ParsedLink, ParsedPage, ParsedSection, SectionType } from '../../../src/model/parsed-page.ts';
import type { GraphStore } from '../../../src/ports/graph-store.ts';

export const SITE = 'http://site.test/';

export function urlOf(path: string): string {
  return new URL(path, SITE).href;
}

/** A section by its heading, with the paths that it links. */
export interface SectionDraft {
  readonly heading: string;
  readonly text?: string;
  /** Paths, or path and text. */
  readonly links?: readonly (string | readonly [path: string, text: string])[];
  /** Default: `section`. */
  readonly type?: SectionType;
}

/** A page of these sections. Hashes are as a parser makes them: equal for what is equal. */
export function pageOf(
  path: string,
  sections: readonly SectionDraft[],
  about: Partial<PageWrite & { title: string; description: string }> = {},
): PageWrite {
  const { title = `Title of ${path}`, description = null, ...rest } = about;
  const url = urlOf(path);
  return {
    url,
    depth: 1,
    status: 200,
    via: 'http',
    fetchedAt: 1000,
    parsed: { ...parsedPage(sections), title, description },
    ...rest,
  };
}

function parsedPage(drafts: readonly SectionDraft[]): ParsedPage {
  return {
    title: '',
    description: null,
    language: 'en',
    charset: 'utf-8',
    canonical: null,
    noindex: false,
    refresh: null,
    blocked: false,
    contentHash: derivedId(JSON.stringify(drafts)),
    headings: drafts.map(({ heading }, section) => ({
      level: 2,
      text: heading,
      anchor: `s${section}`,
      section,
    })),
    sections: drafts.map(parsedSection),
    links: drafts.flatMap(({ links = [] }, section) => links.map((link) => parsedLink(link, section))),
    actions: [],
    forms: [],
    found: [],
    neighbours: { next: null, prev: null, more: null },
    current: [],
    pagination: null,
    fingerprint: 'plain',
    textLength: 100,
    linksDropped: 0,
  };
}

function parsedSection(draft: SectionDraft, order: number): ParsedSection {
  const { heading, text = `About ${heading}`, type = 'section' } = draft;
  return {
    order,
    path: type === 'section' ? `main/section[${order + 1}]` : `${type}[${order + 1}]`,
    type,
    parent: null,
    heading,
    anchor: `s${order}`,
    label: null,
    text,
    hash: derivedId(JSON.stringify(draft)),
  };
}

function parsedLink(link: string | readonly [string, string], section: number): ParsedLink {
  const [path, text] = typeof link === 'string' ? [link, `To ${link}`] : link;
  const url = new URL(path, SITE);
  const fragment = url.hash.slice(1);
  url.hash = '';
  return { url: url.href, fragment, text, role: 'link', rel: ['next'], section };
}

/** Opens the crawl of the site and saves pages in it. */
export async function saveCrawl(
  graph: GraphStore,
  crawlId: string,
  pages: readonly PageWrite[],
  aliases: readonly AliasWrite[] = [],
): Promise<string> {
  const id = await graph.openSite({ url: SITE, crawlId, at: 500 });
  await graph.save(crawlId, pages, aliases);
  return id;
}

export function alias(from: string, to: string): AliasWrite {
  return { url: urlOf(from), target: urlOf(to) };
}

/** The page, which must be there. */
export async function detailOf(graph: GraphStore, path: string): Promise<PageDetail> {
  const page = await graph.page(urlOf(path));
  if (page === null) throw new Error(`${path} should be in the map`);
  return page;
}

/** Every page of a crawl, read page by page. */
export async function allPages(graph: GraphStore, crawlId: string, limit = 2): Promise<StoredPage[]> {
  const rows: StoredPage[] = [];
  let cursor: string | null = null;
  do {
    const list = await graph.pages(crawlId, { cursor, limit });
    rows.push(...list.pages);
    cursor = list.next;
  } while (cursor !== null);
  return rows;
}
