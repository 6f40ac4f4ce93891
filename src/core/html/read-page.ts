import type { ScopeRules } from '../../model/crawl-options.ts';
import type { ParsedPage } from '../../model/parsed-page.ts';
import { layoutFingerprint } from '../groups/layout-key.ts';
import { readPagination } from '../pagination/detect-pagination.ts';
import { canonicalUrl } from '../url/canonical-url.ts';
import { compileScope } from '../url/scope.ts';
import { hashSections, pageHash } from './content-hash.ts';
import type { DomNode } from './dom.ts';
import { walk } from './dom.ts';
import { finishSections, orderSections } from './finish-sections.ts';
import { languageOf } from './page-language.ts';
import { titleOf } from './page-meta.ts';
import { PageReader } from './page-reader.ts';
import { applyScope, LinkResolver, resolveMeta } from './resolve-links.ts';

/** Roles of controls that take no input. */
const PRESSED = new Set(['button', 'submit', 'tab', 'menuitem', 'option', 'treeitem', 'switch']);

export interface PageSource {
  /** URL of the loaded document. */
  readonly url: string;
  /** Name of the encoding that the document was decoded from. */
  readonly charset: string;
  /** The document comes from a browser that ran its scripts. */
  readonly scripting: boolean;
  readonly scope: ScopeRules;
}

/** Extracts a page from its parsed document in one pass. */
export function readPage(document: DomNode, source: PageSource): ParsedPage {
  const reader = new PageReader(source.scripting);
  walk(document, reader);
  reader.sections.end();
  return finish(reader, source);
}

function finish(reader: PageReader, { url, charset, scope }: PageSource): ParsedPage {
  const { meta, pageText } = reader;
  const self = canonicalUrl(url, undefined, { hashRoutes: scope.hashRoutes }) ?? url;
  const base = baseOf(meta.base, url);
  const resolver = new LinkResolver(base, scope.hashRoutes);
  const addresses = resolveMeta(meta, resolver, self);
  const content = finishContent(reader, { base, resolver, self });
  const { headings, sections, links, actions } = content;
  const title = titleOf(meta, headings, url);
  const text = pageText.visible.slice(0, pageText.visible.length);
  const targets = [...links.map((link) => link.url), ...addresses.relatives];
  const found = applyScope(targets, compileScope(scope), resolver);
  const position = { neighbours: addresses.neighbours, current: reader.current.finish(reader.names) };
  const fields = actions.filter(({ role }) => !PRESSED.has(role)).length;

  return {
    title,
    description: meta.description,
    language: languageOf(meta, text),
    charset,
    canonical: addresses.canonical,
    noindex: meta.noindex,
    refresh: addresses.refresh,
    blocked: reader.challenge.isBlocked({ title, text, links: links.length, fields }),
    contentHash: pageHash(title, sections, links, self),
    ...content,
    found,
    ...position,
    pagination: readPagination({ url: self, sections, links, actions, ...position }),
    fingerprint: layoutFingerprint(sections),
    textLength: text.length,
    linksDropped: reader.links.dropped,
  };
}

interface PageContext {
  /** The page's base URL. */
  readonly base: string;
  readonly resolver: LinkResolver;
  /** The page's own canonical URL. */
  readonly self: string;
}

/** Orders the sections first: everything else refers to a section by its order. */
function finishContent(
  reader: PageReader,
  { base, resolver, self }: PageContext,
): Pick<ParsedPage, 'headings' | 'sections' | 'links' | 'actions' | 'forms'> {
  const { names, pageText } = reader;
  reader.headings.readTexts(pageText);
  const ordered = orderSections(reader.sections.drafts);
  const links = reader.links.finish(resolver, names);
  const unhashed = finishSections(ordered, pageText.visible, names);
  const sections = hashSections(unhashed, links, (link) => link === self);
  const headings = reader.headings.finish();
  return { headings, sections, links, ...reader.actions.finish(base, names) };
}

/** The page's first `base` if it is a web address (HTML §4.2.3), else the page's own URL. */
function baseOf(href: string | null, url: string): string {
  const base = href === null ? null : URL.parse(href, url);
  return base?.protocol === 'http:' || base?.protocol === 'https:' ? base.href : url;
}
