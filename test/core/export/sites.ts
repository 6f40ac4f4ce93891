import type { StoredLink } from '../../../src/model/link.ts';
import type { PageDetail } from '../../../src/model/page.ts';
import type { StoredSection } from '../../../src/model/section.ts';
import type { ExportedSite } from '../../../src/model/site.ts';

export const ROOT = 'http://site.test/';

export function section(path: string, about: Partial<StoredSection> = {}): StoredSection {
  return {
    id: `id-${path}`,
    order: 0,
    path,
    type:
      path
        .split('/')
        .at(-1)
        ?.replace(/\[\d+\]$/, '') ?? '',
    heading: null,
    anchor: null,
    label: null,
    text: '',
    summary: null,
    firstSeen: 0,
    lastSeen: 0,
    ...about,
  };
}

export function link(path: string, text: string, about: Partial<StoredLink> = {}): StoredLink {
  return { url: new URL(path, ROOT).href, fragment: '', text, role: 'link', section: 0, ...about };
}

export function page(path: string, about: Partial<PageDetail> = {}): PageDetail {
  const { sectionRows = [], linkRows = [] } = about;
  return {
    url: new URL(path, ROOT).href,
    title: `Title of ${path}`,
    description: null,
    language: 'en',
    depth: 1,
    status: 200,
    via: 'http',
    contentHash: 'hash',
    firstSeen: 0,
    fetchedAt: 86_400_000,
    removedSince: null,
    sections: sectionRows.length,
    links: linkRows.length,
    summary: null,
    ...about,
    sectionRows,
    linkRows,
  };
}

export function siteOf(pages: readonly PageDetail[], title = 'A site'): ExportedSite {
  const site = { id: 'site', url: ROOT, host: 'site.test', title, pages: pages.length, summary: null };
  return {
    site,
    async *pages() {
      yield* pages;
    },
  };
}

export async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

/** What stands on pages of strangers and breaks careless formats. */
export const NASTY = '<b>"&\u0000\u0008\uffff\ud800 \u{1f30a} ]]> \u2028';
