import { hash } from 'node:crypto';
import type { ParsedLink, ParsedSection } from '../../model/parsed-page.ts';
import { looseKey } from '../url/loose-key.ts';

/** Hexadecimal digits of a content hash: 128 bits of SHA-256. */
const DIGITS = 32;

/** Hash of the parts in order. The boundaries between parts count. */
export function contentHash(parts: readonly string[]): string {
  return hash('sha256', parts.join('\u0000'), 'hex').slice(0, DIGITS);
}

export type UnhashedSection = Omit<ParsedSection, 'hash'>;

/**
 * Adds to each section the hash of its type, text and links. All links to the page's own URL hash alike, so that a menu
 * has one hash on all pages that show it.
 */
export function hashSections(
  sections: readonly UnhashedSection[],
  links: readonly ParsedLink[],
  isSelf: (url: string) => boolean,
): ParsedSection[] {
  const parts = sections.map((section) => [section.type, section.text]);
  for (const link of links) {
    const target = isSelf(link.url) ? '' : link.url;
    parts[link.section]?.push(`${target}#${link.fragment}`, link.text, link.role, ...link.rel);
  }
  return sections.map((section, index) => ({ ...section, hash: contentHash(parts[index] ?? []) }));
}

/**
 * Hash of title, sections and links: equal for one page under two URLs. Links to variants of the page's own URL count
 * as links to itself, because `/hours` and `/hours/` both link to `/hours` in their menus.
 */
export function pageHash(
  title: string,
  sections: readonly ParsedSection[],
  links: readonly ParsedLink[],
  self: string,
): string {
  const own = looseKey(self);
  const urls = new Set(links.map(({ url }) => url));
  const variants = new Set([...urls].filter((url) => url !== self && looseKey(url) === own));
  const hashed =
    variants.size === 0
      ? sections
      : hashSections(sections, links, (url) => url === self || variants.has(url));
  return contentHash([title, ...hashed.map(({ hash }) => hash)]);
}
