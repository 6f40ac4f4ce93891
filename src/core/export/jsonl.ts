import type { StoredLink } from '../../model/link.ts';
import type { PageDetail } from '../../model/page.ts';
import type { StoredSection } from '../../model/section.ts';
import type { ExportedSite } from '../../model/site.ts';

/**
 * One JSON object a line: the site, then each page with its sections and links behind it. Links name the id of the
 * section they stand in and the URL they lead to, which may be that of no page of the site. docs/export.md lists the
 * members.
 */
export async function* exportJsonl({ site, pages }: ExportedSite): AsyncGenerator<string> {
  const { id, url, title, host, pages: count } = site;
  yield line({ kind: 'site', id, url, title, host, pages: count });
  for await (const page of pages()) {
    yield line(pageNode(page));
    for (const section of page.sectionRows) yield line(sectionNode(page, section));
    for (const link of page.linkRows) yield line(linkEdge(page, link));
  }
}

function pageNode(page: PageDetail): object {
  return {
    kind: 'page',
    url: page.url,
    title: page.title,
    description: page.description,
    language: page.language,
    depth: page.depth,
    status: page.status,
    via: page.via,
    content_hash: page.contentHash,
    summary: page.summary,
    first_seen: momentOf(page.firstSeen),
    last_seen: momentOf(page.fetchedAt),
  };
}

function sectionNode(page: PageDetail, section: StoredSection): object {
  const { id, order, path, type, heading, label, anchor, text, summary } = section;
  return {
    kind: 'section',
    id,
    page: page.url,
    order,
    path,
    type,
    heading,
    label,
    anchor,
    text,
    summary,
    first_seen: momentOf(section.firstSeen),
  };
}

function linkEdge(page: PageDetail, { url, fragment, text, role, section }: StoredLink): object {
  const id = page.sectionRows[section]?.id ?? null;
  return { kind: 'link', from: page.url, section: id, to: url, fragment, text, role };
}

function momentOf(ms: number): string {
  return new Date(ms).toISOString();
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
