import type { StoredLink } from '../../model/link.ts';
import type { PageDetail } from '../../model/page.ts';
import type { StoredSection } from '../../model/section.ts';
import type { ExportedSite } from '../../model/site.ts';
import { contentHash } from '../html/content-hash.ts';
import { xmlText } from './sitemap.ts';

type AttributeType = 'string' | 'int' | 'double';
type Value = string | number | null;

interface Attribute {
  readonly on: 'graph' | 'node' | 'edge';
  /** As programs that import the graph show it. `label` and `weight` have a meaning to Gephi and yEd. */
  readonly name: string;
  readonly type: AttributeType;
}

/** Attributes of nodes and edges by the id of their key. */
const ATTRIBUTES = {
  site_url: { on: 'graph', name: 'url', type: 'string' },
  label: { on: 'node', name: 'label', type: 'string' },
  kind: { on: 'node', name: 'kind', type: 'string' },
  url: { on: 'node', name: 'url', type: 'string' },
  depth: { on: 'node', name: 'depth', type: 'int' },
  type: { on: 'node', name: 'type', type: 'string' },
  path: { on: 'node', name: 'path', type: 'string' },
  language: { on: 'node', name: 'language', type: 'string' },
  description: { on: 'node', name: 'description', type: 'string' },
  summary: { on: 'node', name: 'summary', type: 'string' },
  text: { on: 'node', name: 'text', type: 'string' },
  relation: { on: 'edge', name: 'relation', type: 'string' },
  link_text: { on: 'edge', name: 'label', type: 'string' },
  role: { on: 'edge', name: 'role', type: 'string' },
  section: { on: 'edge', name: 'section', type: 'string' },
  weight: { on: 'edge', name: 'weight', type: 'double' },
} as const satisfies Readonly<Record<string, Attribute>>;

type Data = Readonly<Partial<Record<keyof typeof ATTRIBUTES, Value>>>;

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
`;

/**
 * GraphML (http://graphml.graphdrawing.org/): pages and sections as nodes, `has-section` and `links-to` as edges. Equal
 * links of a section are one edge whose weight is their number. Every edge ends at nodes of the document: links to what
 * is no page of the site are left out. Nodes stand before edges, so the site is read twice; in between, the ids of its
 * pages are what is kept in memory, some 50 bytes a page.
 */
export async function* exportGraphml({ site, pages }: ExportedSite): AsyncGenerator<string> {
  yield HEAD;
  for (const [id, { on, name, type }] of Object.entries(ATTRIBUTES))
    yield `  <key id="${id}" for="${on}" attr.name="${name}" attr.type="${type}"/>\n`;
  yield `  <graph id="site" edgedefault="directed">\n${dataOf({ site_url: site.url })}`;
  const keys = new Set<number>();
  for await (const page of pages()) {
    keys.add(keyOf(page.url));
    yield pageNode(page);
    for (const section of page.sectionRows) yield sectionNode(page, section);
  }
  for await (const page of pages()) if (keys.has(keyOf(page.url))) yield* edgesOf(page, keys);
  yield '  </graph>\n</graphml>\n';
}

function pageNode({ url, title, depth, language, description, summary }: PageDetail): string {
  return node(pageId(url), { label: title || url, kind: 'page', url, depth, language, description, summary });
}

function sectionNode(page: PageDetail, section: StoredSection): string {
  const { heading, label, anchor, type, path, text, summary } = section;
  const url = anchor === null ? page.url : `${page.url}#${anchor}`;
  return node(sectionId(page.url, path), {
    label: heading ?? label ?? type,
    kind: 'section',
    url,
    type,
    path,
    summary,
    text,
  });
}

function* edgesOf(page: PageDetail, keys: ReadonlySet<number>): Generator<string> {
  const from = pageId(page.url);
  for (const { path } of page.sectionRows)
    yield edge(from, sectionId(page.url, path), { relation: 'has-section', weight: 1 });
  for (const { link, count } of countedLinks(page.linkRows)) {
    if (!keys.has(keyOf(link.url))) continue;
    const section = page.sectionRows[link.section];
    yield edge(from, pageId(link.url), {
      relation: 'links-to',
      link_text: link.text,
      role: link.role,
      section: section?.heading ?? section?.label ?? section?.type ?? null,
      weight: count,
    });
  }
}

interface CountedLink {
  readonly link: StoredLink;
  count: number;
}

function countedLinks(links: readonly StoredLink[]): Iterable<CountedLink> {
  const counted = new Map<string, CountedLink>();
  for (const link of links) {
    const key = JSON.stringify([link.section, link.url, link.text, link.role]);
    const entry = counted.get(key);
    if (entry === undefined) counted.set(key, { link, count: 1 });
    else entry.count += 1;
  }
  return counted.values();
}

function node(id: string, data: Data): string {
  return `    <node id="${id}">\n${dataOf(data)}    </node>\n`;
}

function edge(source: string, target: string, data: Data): string {
  return `    <edge source="${source}" target="${target}">\n${dataOf(data)}    </edge>\n`;
}

function dataOf(data: Data): string {
  return Object.entries(data)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `      <data key="${key}">${xmlText(String(value))}</data>\n`)
    .join('');
}

function pageId(url: string): string {
  return `page-${contentHash([url])}`;
}

function sectionId(page: string, path: string): string {
  return `section-${contentHash([page, path])}`;
}

/** The first 52 bits of the page's hash: small to keep, and two of a million pages share it once in 9,000 sites. */
function keyOf(url: string): number {
  return Number.parseInt(contentHash([url]).slice(0, 13), 16);
}
