import type { ParsedLink } from '../../model/parsed-page.ts';
import { linkName } from './accessible-name.ts';
import { linkRoleOf } from './action-role.ts';
import { attribute, type DomElement, tokens } from './dom.ts';
import type { LinkResolver } from './link-resolver.ts';
import type { NameSources } from './name-sources.ts';
import type { TextRange } from './page-text.ts';
import type { SectionDraft } from './section-draft.ts';

/** Links taken from one page. */
export const MAX_LINKS = 50_000;

interface LinkDraft {
  readonly element: DomElement;
  readonly href: string;
  readonly section: SectionDraft;
  readonly content: TextRange;
}

const NOT_WEB = /^\s*(?:javascript|mailto|tel|sms|data|blob|about):/i;

/** Where the element leads, as written; null if it leads to no web address. */
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

/** Every occurrence of a link on a page. They are resolved at the end, when base address and names are known. */
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

  /** The links, once the sections have their final order. */
  finish(resolver: LinkResolver, names: NameSources): ParsedLink[] {
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
