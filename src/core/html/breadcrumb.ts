import { attribute, type DomElement } from './dom.ts';
import { hasWithin, isSmall, textWithin } from './search-subtree.ts';

const NAMED = /breadcrumb|you are here|현재 ?위치|パンくず|面包屑|fil d.ariane|brotkr(?:u|ü)me/i;
const MARKED =
  /(?:^|[\s_-])bread-?crumbs?(?:[_-]{1,2}(?:nav|navigation|list|wrap|wrapper|container|area|bar|block))?(?:\s|$)/i;
/** Called so where nothing else is meant as often; then its links must stand in a line of steps. */
const PERHAPS = /(?:^|[\s_-])(?:location|path|crumbs?|trail|loc)(?:\s|$)/i;
/** Between two steps. */
const STEP = /\S\s*[›»>→▸]\s*\S/;
const MAX_NODES = 60;
const MAX_TEXT = 300;

/** Whether the element shows the way from the front page to this one. */
export function isBreadcrumb(element: DomElement): boolean {
  if (NAMED.test(attribute(element, 'aria-label') ?? '')) return true;
  if (attribute(element, 'itemtype')?.endsWith('BreadcrumbList') === true) return true;
  const marks = `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`;
  return MARKED.test(marks) || (PERHAPS.test(marks) && isLineOfSteps(element));
}

function isLineOfSteps(element: DomElement): boolean {
  if (!isSmall(element, MAX_NODES)) return false;
  return (
    STEP.test(textWithin(element, MAX_TEXT, MAX_NODES)) &&
    hasWithin(element, MAX_NODES, ({ name }) => name === 'a')
  );
}
