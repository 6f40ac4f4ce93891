import type { ParsedLink } from '../../model/parsed-page.ts';
import type { AccessibleNames } from './accessible-name.ts';
import { linkName } from './accessible-name.ts';
import { attribute, type DomElement, roleOf, tokens } from './dom.ts';
import type { TextRange } from './page-text.ts';
import type { LinkResolver } from './resolve-links.ts';
import type { SectionDraft } from './section-draft.ts';

/** Maximum number of links of a page. */
export const MAX_LINKS = 50_000;

/** Roles that a link may have and still be a link. */
const LINK_ROLES = new Set(['button', 'menuitem', 'tab', 'option', 'treeitem']);

interface LinkDraft {
  readonly element: DomElement;
  readonly href: string;
  readonly section: SectionDraft;
  readonly content: TextRange;
}

const NOT_WEB = /^\s*(?:javascript|mailto|tel|sms|data|blob|about):/i;

/** The link target as written; null if it is no web address. */
export function hrefOf(element: DomElement): string | null {
  const href = attribute(element, isFrame(element) ? 'src' : 'href') ?? attribute(element, 'xlink:href');
  return href === null || NOT_WEB.test(href) ? null : href;
}

export function isLinkElement(name: string): boolean {
  return name === 'a' || name === 'area' || name === 'iframe' || name === 'frame';
}

function isFrame(element: DomElement): boolean {
  return element.name === 'iframe' || element.name === 'frame';
}

/** The role that assistive technology announces for a link. */
export function linkRoleOf(element: DomElement): string {
  if (element.name === 'iframe' || element.name === 'frame') return 'frame';
  const role = roleOf(element);
  return role !== null && LINK_ROLES.has(role) ? role : 'link';
}

/** Collects every link of a page. `finish` resolves them, when base URL and names are known. */
export class LinkCollector {
  readonly #drafts: LinkDraft[] = [];
  #dropped = 0;

  get dropped(): number {
    return this.#dropped;
  }

  add(element: DomElement, href: string, section: SectionDraft, content: TextRange): void {
    if (this.#drafts.length >= MAX_LINKS) {
      this.#dropped++;
      return;
    }
    section.isActive = true;
    this.#drafts.push({ element, href, section, content });
  }

  /** The resolved links. Call it when the sections have their final order. */
  finish(resolver: LinkResolver, names: AccessibleNames): ParsedLink[] {
    const links: ParsedLink[] = [];
    for (const { element, href, section, content } of this.#drafts) {
      const resolved = resolver.resolve(href);
      if (resolved === null) continue;
      links.push({
        url: resolved.url,
        fragment: resolved.fragment,
        text: linkName(element, content, names),
        role: linkRoleOf(element),
        rel: tokens(attribute(element, 'rel')),
        section: section.order,
      });
    }
    return links;
  }
}
