import type { ParsedLink, ParsedSection } from '../../model/parsed-page.ts';
import { looseKey } from '../url/loose-key.ts';
import { contentHash } from './content-hash.ts';
import { hashSections } from './finish-sections.ts';

/**
 * Hash of title, sections and links: equal for one page under two URLs. Links to variants of the page's own URL count
 * as links to itself, for `/hours` and `/hours/` both link to `/hours` in their menus.
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
