import { describe, expect, it } from 'vitest';
import { exportGraphml } from '../../../src/core/export/graphml.ts';
import type { PageDetail } from '../../../src/model/page.ts';
import { link, NASTY, page, section, siteOf, textOf } from './sites.ts';
import { parseXml, type XmlElement } from './xml-document.ts';

const GRAPHML = 'http://graphml.graphdrawing.org/xmlns';
/** XML Schema's NMTOKEN, as far as ASCII goes. */
const NMTOKEN = /^[\w.:-]+$/;

interface Graph {
  readonly nodes: readonly Readonly<Record<string, string>>[];
  readonly edges: readonly Readonly<Record<string, string>>[];
}

/**
 * Reads a document and holds it to graphml.xsd: keys before the graph, ids that are NMTOKENs and unique, data that
 * names a key for its kind of element and has its type, edges between nodes that are there.
 */
function readGraphml(document: string): Graph {
  const root = parseXml(document);
  expect([root.name, root.namespace]).toEqual(['graphml', GRAPHML]);
  const graph = root.children.at(-1);
  const keys = new Map(root.children.slice(0, -1).map((key) => [key.attributes['id'], checkedKey(key)]));
  expect(keys.size).toBe(root.children.length - 1);
  expect(graph?.attributes['edgedefault']).toBe('directed');
  const of = (name: string) => graph?.children.filter((child) => child.name === name) ?? [];
  expect(of('node').length + of('edge').length + of('data').length).toBe(graph?.children.length);
  const ids = of('node').map(({ attributes }) => attributes['id'] ?? '');
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(NMTOKEN);
  for (const { attributes } of of('edge')) {
    expect(ids).toContain(attributes['source']);
    expect(ids).toContain(attributes['target']);
  }
  return {
    nodes: of('node').map((node) => told(node, keys)),
    edges: of('edge').map((edge) => told(edge, keys)),
  };
}

function checkedKey(key: XmlElement): XmlElement {
  expect(key.name).toBe('key');
  expect(key.attributes['id']).toMatch(NMTOKEN);
  expect(['graph', 'node', 'edge']).toContain(key.attributes['for']);
  expect(['boolean', 'int', 'long', 'float', 'double', 'string']).toContain(key.attributes['attr.type']);
  return key;
}

/** Attributes and data of a node or an edge, by name. */
function told(element: XmlElement, keys: ReadonlyMap<string | undefined, XmlElement>) {
  const data = element.children.map((child) => {
    const key = keys.get(child.attributes['key']);
    expect(child.name).toBe('data');
    expect(key?.attributes['for']).toBe(element.name);
    if (key?.attributes['attr.type'] !== 'string') expect(child.text).toMatch(/^-?\d+(\.\d+)?$/);
    return [key?.attributes['attr.name'] ?? '', child.text] as const;
  });
  return { ...element.attributes, ...Object.fromEntries(data) };
}

async function graphOf(pages: readonly PageDetail[]): Promise<Graph> {
  return readGraphml(await textOf(exportGraphml(siteOf(pages))));
}

describe('a site as GraphML', () => {
  it('has pages and sections as nodes, and edges between them', async () => {
    const menu = section('navigation[1]', { label: 'Menu', anchor: 'menu' });
    const front = page('/', {
      depth: 0,
      sectionRows: [menu, section('main', { heading: 'Welcome', text: 'Come in' })],
      linkRows: [
        link('/a', 'A'),
        link('/a', 'A'),
        link('/a', 'More', { section: 1, role: 'button' }),
        link('/', 'Home'),
        link('http://elsewhere.test/', 'Away'),
      ],
    });
    const { nodes, edges } = await graphOf([front, page('/a')]);
    expect(nodes).toMatchObject([
      { label: 'Title of /', kind: 'page', url: 'http://site.test/', depth: '0', language: 'en' },
      {
        label: 'Menu',
        kind: 'section',
        type: 'navigation',
        path: 'navigation[1]',
        url: 'http://site.test/#menu',
      },
      { label: 'Welcome', kind: 'section', text: 'Come in', url: 'http://site.test/' },
      { label: 'Title of /a', kind: 'page' },
    ]);
    const [root, first, second, other] = nodes.map(({ id }) => id);
    expect(edges).toMatchObject([
      { source: root, target: first, relation: 'has-section' },
      { source: root, target: second, relation: 'has-section' },
      { source: root, target: other, relation: 'links-to', label: 'A', section: 'Menu', weight: '2' },
      { source: root, target: other, label: 'More', section: 'Welcome', role: 'button', weight: '1' },
      { source: root, target: root, label: 'Home' },
    ]);
  });

  it('is well-formed whatever stands on the pages', async () => {
    const nasty = page(`/x?a=1&b="<>'`, {
      title: NASTY,
      description: NASTY,
      sectionRows: [section('main', { heading: NASTY, text: NASTY, anchor: NASTY })],
      linkRows: [link('/', NASTY)],
    });
    const { nodes, edges } = await graphOf([page('/'), nasty]);
    expect(nodes[1]?.['label']).toBe('<b>"&\ufffd \u{1f30a} ]]> \u2028');
    expect(edges.at(-1)?.['label']).toBe('<b>"&\ufffd \u{1f30a} ]]> \u2028');
  });

  it('is valid while the site grows between its two readings', async () => {
    const pages = [page('/'), page('/a', { linkRows: [link('/b', 'B'), link('/', 'Front')] })];
    let readings = 0;
    const site = {
      ...siteOf(pages),
      async *pages() {
        readings += 1;
        yield* pages;
        if (readings === 2) yield page('/b', { linkRows: [link('/a', 'A')] });
      },
    };
    const { nodes, edges } = readGraphml(await textOf(exportGraphml(site)));
    expect(readings).toBe(2);
    expect(nodes).toHaveLength(2);
    expect(edges.map(({ label }) => label)).toEqual(['Front']);
  });

  it('may be empty', async () => {
    expect(await graphOf([])).toEqual({ nodes: [], edges: [] });
  });
});
