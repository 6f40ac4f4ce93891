import { attribute, type DomElement, hasWithin, isSmall, textWithin, tokens } from './dom.ts';

const BREADCRUMB_NAME = /breadcrumb|you are here|현재 ?위치|パンくず|面包屑|fil d.ariane|brotkr(?:u|ü)me/i;
const BREADCRUMB_MARK =
  /(?:^|[\s_-])bread-?crumbs?(?:[_-]{1,2}(?:nav|navigation|list|wrap|wrapper|container|area|bar|block))?(?:\s|$)/i;
/** Marks that often mean something else: such an element must also show a row of separated links. */
const AMBIGUOUS_MARK = /(?:^|[\s_-])(?:location|path|crumbs?|trail|loc)(?:\s|$)/i;
/** A separator between two steps. */
const STEP_SEPARATOR = /\S\s*[›»>→▸]\s*\S/;
const MAX_BREADCRUMB_NODES = 60;
const MAX_BREADCRUMB_TEXT = 300;

/** Whether the element shows the path from the front page to this page. */
export function isBreadcrumb(element: DomElement): boolean {
  if (BREADCRUMB_NAME.test(attribute(element, 'aria-label') ?? '')) return true;
  if (attribute(element, 'itemtype')?.endsWith('BreadcrumbList') === true) return true;
  const marks = `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`;
  return BREADCRUMB_MARK.test(marks) || (AMBIGUOUS_MARK.test(marks) && isLineOfSteps(element));
}

function isLineOfSteps(element: DomElement): boolean {
  if (!isSmall(element, MAX_BREADCRUMB_NODES)) return false;
  return (
    STEP_SEPARATOR.test(textWithin(element, MAX_BREADCRUMB_TEXT, MAX_BREADCRUMB_NODES)) &&
    hasWithin(element, MAX_BREADCRUMB_NODES, ({ name }) => name === 'a')
  );
}

const COOKIE_MARK = /cookie|consent|gdpr|쿠키/i;
const BANNER_MARK =
  /banner|bar(?![a-z])|notice|popup|overlay|modal|message|dialog|wrapper|container|law|prompt/i;
/** Class names and ids of common consent tools. */
const CONSENT_TOOL_MARK =
  /\b(?:onetrust-banner|cybotcookiebot|didomi-(?:host|popup|notice)|usercentrics|qc-cmp2|osano-cm|cc-window|truste)/i;
const OVERLAY_ROLES = new Set(['dialog', 'alertdialog', 'region']);

const COOKIE_TEXT = /\bcookies?\b|쿠키/i;
/** Label of the control that closes the banner. */
const CONSENT_LABEL =
  /^(?:accept|agree|i agree|allow|reject|decline|deny|got it|ok|okay|i understand|동의(?:합니다|하기)?|모두 동의|수락|허용|거부|확인|akzeptieren|alle akzeptieren|ablehnen|accepter|tout accepter|refuser|aceptar|rechazar|accetta|同意)(?!\p{L})/iu;
/** Maximum nodes and characters of a banner; a larger element is page content. */
const MAX_BANNER_NODES = 120;
const MAX_BANNER_TEXT = 1500;
const MAX_LABEL_TEXT = 60;

/**
 * Whether the element requests consent to cookies. A chapter about cookies must not match, so two hints are required: in
 * its id, class and label, or, where it is `outside` of all sections, in its text and controls.
 */
export function isConsentBanner(element: DomElement, role: string | null, outside: boolean): boolean {
  return hasBannerMark(element, role) || (outside && hasConsentControl(element));
}

function hasBannerMark(element: DomElement, role: string | null): boolean {
  const marks = ['id', 'class', 'aria-label'].map((name) => attribute(element, name) ?? '').join(' ');
  if (marks.length <= 2) return false;
  if (CONSENT_TOOL_MARK.test(marks)) return true;
  return COOKIE_MARK.test(marks) && ((role !== null && OVERLAY_ROLES.has(role)) || BANNER_MARK.test(marks));
}

function hasConsentControl(element: DomElement): boolean {
  if (!isSmall(element, MAX_BANNER_NODES)) return false;
  return (
    hasWithin(element, MAX_BANNER_NODES, isConsentControl) &&
    COOKIE_TEXT.test(textWithin(element, MAX_BANNER_TEXT, MAX_BANNER_NODES))
  );
}

function isConsentControl(element: DomElement): boolean {
  const isControl =
    element.name === 'button' || element.name === 'a' || attribute(element, 'role') === 'button';
  return isControl && CONSENT_LABEL.test(textWithin(element, MAX_LABEL_TEXT, MAX_BANNER_NODES));
}

const PAGINATION_NAME = /\bpaginat|\bpag(?:er|ing)\b|^pages?\b|페이지/i;
const PAGINATION_MARK =
  /(?:^|[\s_-])(?:pagination|pager|paging|paginate|paginator|pagenavi|page-numbers|page-nav|posts-navigation)(?:\s|$)/i;
const MAX_PAGINATION_NODES = 200;

/** Whether the element holds links to the pages of a paginated list. */
export function isPagination(element: DomElement): boolean {
  if (PAGINATION_NAME.test(attribute(element, 'aria-label') ?? '')) return true;
  if (PAGINATION_MARK.test(`${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`))
    return true;
  const mayHold = element.name === 'nav' || element.name === 'ul' || element.name === 'ol';
  return mayHold && hasWithin(element, MAX_PAGINATION_NODES, isNeighbourLink);
}

function isNeighbourLink(element: DomElement): boolean {
  if (element.name !== 'a') return false;
  return tokens(attribute(element, 'rel')).some((rel) => rel === 'next' || rel === 'prev');
}
