import type { SectionType } from '../../model/parsed-page.ts';
import { isCardList, isDataTable } from './content-blocks.ts';
import { attribute, type DomElement, hasWithin, roleOf } from './dom.ts';
import { isBreadcrumb, isConsentBanner, isPagination } from './section-hints.ts';

/** The context that an element's section type depends on. */
export interface Surroundings {
  /** Inside an article, aside, main, nav or section, where a header or footer is not the page's (HTML-AAM). */
  readonly inSectioning: boolean;
  /** Type of the innermost open section; null outside of all. */
  readonly within: SectionType | null;
}

/** Landmark and structure roles (WAI-ARIA 1.2 §5.3); null if the role removes the element's own meaning. */
const BY_ROLE: ReadonlyMap<string, SectionType | null> = new Map<string, SectionType | null>([
  ['banner', 'header'],
  ['navigation', 'navigation'],
  ['main', 'main'],
  ['complementary', 'aside'],
  ['contentinfo', 'footer'],
  ['search', 'search'],
  ['form', 'form'],
  ['region', 'section'],
  ['article', 'article'],
  ['feed', 'list'],
  ['dialog', 'dialog'],
  ['alertdialog', 'dialog'],
  ['none', null],
  ['presentation', null],
]);

const BY_NAME: ReadonlyMap<string, SectionType> = new Map<string, SectionType>([
  ['nav', 'navigation'],
  ['main', 'main'],
  ['article', 'article'],
  ['section', 'section'],
  ['aside', 'aside'],
  ['search', 'search'],
  ['dialog', 'dialog'],
]);

const SECTIONING = new Set(['article', 'aside', 'main', 'nav', 'section']);
const SECTIONING_ROLES = new Set(['article', 'complementary', 'main', 'navigation', 'region']);

/** Sections in which link lists and tables are not sections of their own. */
const CLOSED: ReadonlySet<SectionType | null> = new Set<SectionType | null>([
  'navigation',
  'header',
  'footer',
  'list',
  'table',
  'breadcrumb',
  'pagination',
  'banner',
  'search',
]);

const HINTED = new Set(['nav', 'div', 'ul', 'ol', 'p', 'section', 'aside', 'footer', 'header', 'form']);

/** Maximum number of nodes visited below a form. */
const GLANCE = 200;

/** Whether headers and footers inside the element belong to it, not to the page. */
export function isSectioning(element: DomElement): boolean {
  const role = roleOf(element);
  return role === null ? SECTIONING.has(element.name) : SECTIONING_ROLES.has(role);
}

/** The type of section that the element opens; null if it opens none. */
export function sectionTypeOf(element: DomElement, around: Surroundings): SectionType | null {
  const role = roleOf(element);
  const own = ownType(element, role, around);
  const hinted = hintedType(element, role, around);
  return hinted ?? own;
}

function ownType(element: DomElement, role: string | null, around: Surroundings): SectionType | null {
  const byRole = role === null ? undefined : BY_ROLE.get(role);
  if (byRole !== undefined) return byRole;
  const byName = BY_NAME.get(element.name);
  if (byName !== undefined) return byName;
  if (element.name === 'header' || element.name === 'footer')
    return around.inSectioning ? null : element.name;
  if (element.name === 'form') return around.within === 'search' ? null : formType(element);
  return contentType(element, around);
}

function contentType(element: DomElement, around: Surroundings): SectionType | null {
  if (CLOSED.has(around.within)) return null;
  if (element.name === 'table') return isDataTable(element) ? 'table' : null;
  return isCardList(element) ? 'list' : null;
}

/** A form around the whole page, as ASP.NET writes it, is no section. */
function formType(form: DomElement): SectionType | null {
  if (hasWithin(form, GLANCE, (inner) => PAGE_PARTS.has(inner.name))) return null;
  return hasWithin(form, GLANCE, isSearchField) ? 'search' : 'form';
}

const PAGE_PARTS = new Set(['header', 'nav', 'main', 'footer', 'article', 'h1']);

function isSearchField(element: DomElement): boolean {
  return element.name === 'input' && attribute(element, 'type')?.toLowerCase() === 'search';
}

/** The type that labels, classes and links suggest for an element without a type of its own. */
function hintedType(element: DomElement, role: string | null, around: Surroundings): SectionType | null {
  if (!HINTED.has(element.name)) return null;
  const { within } = around;
  if (within === 'banner' || within === 'breadcrumb' || within === 'pagination') return null;
  if (isConsentBanner(element, role, within === null)) return 'banner';
  if (isBreadcrumb(element)) return 'breadcrumb';
  return isPagination(element) ? 'pagination' : null;
}
