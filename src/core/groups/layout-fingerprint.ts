import type { ParsedSection, SectionType } from '../../model/parsed-page.ts';
import { contentHash } from '../html/content-hash.ts';

/** Parts that belong to a layout, whatever the page says. How long a text is, and what it lists, does not. */
const LAYOUT: ReadonlySet<SectionType> = new Set<SectionType>([
  'header',
  'navigation',
  'main',
  'article',
  'aside',
  'footer',
  'search',
  'form',
  'breadcrumb',
]);
const DIGITS = 16;

/**
 * Hash of the kinds of a page's parts and of how they stand in one another, each counted once: ten articles below one
 * another are the same layout as nine. Chapters, lists and tables are content, and what they hold stands in the part
 * around them; bars of page numbers and banners come and go.
 */
export function layoutFingerprint(sections: readonly Pick<ParsedSection, 'type' | 'parent'>[]): string {
  const paths: string[] = [];
  const seen = new Set<string>();
  for (const { type, parent } of sections) {
    const around = parent === null ? '' : (paths[parent] ?? '');
    const path = LAYOUT.has(type) && !around.endsWith(`/${type}`) ? `${around}/${type}` : around;
    paths.push(path);
    seen.add(path);
  }
  return contentHash([...seen].sort()).slice(0, DIGITS);
}
