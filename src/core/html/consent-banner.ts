import { attribute, type DomElement } from './dom.ts';

const SUBJECT = /cookie|consent|gdpr|쿠키/i;
const BAR = /banner|bar\b|notice|popup|overlay|modal|message|dialog|wrapper|container|law|prompt/i;
/** Class names and ids of the wide-spread consent tools. */
const KNOWN =
  /\b(?:onetrust-banner|cybotcookiebot|didomi-(?:host|popup|notice)|usercentrics|qc-cmp2|osano-cm|cc-window|truste)/i;
const APART = new Set(['dialog', 'alertdialog', 'region']);

/** Whether the element asks for consent to cookies. A chapter about cookies is none: two hints must meet. */
export function isConsentBanner(element: DomElement, role: string | null): boolean {
  const marks = `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`;
  if (marks.length > 1 && KNOWN.test(marks)) return true;
  if (role !== null && APART.has(role)) {
    return SUBJECT.test(marks) || SUBJECT.test(attribute(element, 'aria-label') ?? '');
  }
  return marks.length > 1 && SUBJECT.test(marks) && BAR.test(marks);
}
