import type { Click } from '../../model/route.ts';
import { isInFooter } from './step-cost.ts';

/** Where on a page a link stands. */
export const LINK_PLACES = ['content', 'menu', 'footer', 'breadcrumb', 'pagination'] as const;
export type LinkPlace = (typeof LINK_PLACES)[number];

/** Pages that show a block before it may count as repeated. */
export const MIN_REPEATS = 3;

/** Whether a block stands on most pages of its site. */
export function isRepeated(shownOn: number, sitePages: number): boolean {
  return shownOn >= MIN_REPEATS && shownOn * 2 > sitePages;
}

/** A link in the header, in a navigation, or in a block that most pages repeat is in the menu, unless in the footer. */
export function linkPlace({ section, repeats }: Pick<Click, 'section' | 'repeats'>): LinkPlace {
  const { type, path } = section;
  if (isInFooter(type, path)) return 'footer';
  if (type === 'breadcrumb' || type === 'pagination') return type;
  return repeats || type === 'navigation' || type === 'header' ? 'menu' : 'content';
}
