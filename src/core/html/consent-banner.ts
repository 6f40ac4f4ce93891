import { attribute, type DomElement } from './dom.ts';
import { hasWithin, isSmall, textWithin } from './search-subtree.ts';

const SUBJECT = /cookie|consent|gdpr|쿠키/i;
const BAR = /banner|bar(?![a-z])|notice|popup|overlay|modal|message|dialog|wrapper|container|law|prompt/i;
/** Class names and ids of the wide-spread consent tools. */
const KNOWN =
  /\b(?:onetrust-banner|cybotcookiebot|didomi-(?:host|popup|notice)|usercentrics|qc-cmp2|osano-cm|cc-window|truste)/i;
const APART = new Set(['dialog', 'alertdialog', 'region']);

const SAYS_COOKIES = /\bcookies?\b|쿠키/i;
/** What is pressed to be rid of it. */
const CONSENT =
  /^(?:accept|agree|i agree|allow|reject|decline|deny|got it|ok|okay|i understand|동의(?:합니다|하기)?|모두 동의|수락|허용|거부|확인|akzeptieren|alle akzeptieren|ablehnen|accepter|tout accepter|refuser|aceptar|rechazar|accetta|同意)(?!\p{L})/iu;
/** Nodes and characters of a banner; what is larger is a page. */
const MAX_NODES = 120;
const MAX_TEXT = 1500;
const MAX_LABEL = 60;

/**
 * Whether the element asks for consent to cookies. A chapter about cookies is none: two hints must meet, in its marks, or
 * in its words and controls where it stands `outside` of all sections.
 */
export function isConsentBanner(element: DomElement, role: string | null, outside: boolean): boolean {
  return isMarked(element, role) || (outside && asksForConsent(element));
}

function isMarked(element: DomElement, role: string | null): boolean {
  const marks = ['id', 'class', 'aria-label'].map((name) => attribute(element, name) ?? '').join(' ');
  if (marks.length <= 2) return false;
  if (KNOWN.test(marks)) return true;
  return SUBJECT.test(marks) && ((role !== null && APART.has(role)) || BAR.test(marks));
}

function asksForConsent(element: DomElement): boolean {
  if (!isSmall(element, MAX_NODES)) return false;
  return (
    hasWithin(element, MAX_NODES, isConsentControl) &&
    SAYS_COOKIES.test(textWithin(element, MAX_TEXT, MAX_NODES))
  );
}

function isConsentControl(element: DomElement): boolean {
  const isControl =
    element.name === 'button' || element.name === 'a' || attribute(element, 'role') === 'button';
  return isControl && CONSENT.test(textWithin(element, MAX_LABEL, MAX_NODES));
}
