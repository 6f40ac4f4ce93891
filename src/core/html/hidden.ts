import { attribute, type DomElement } from './dom.ts';

/** Nothing in these is read: they hold code, or text that stands for something else. */
const UNREAD = new Set([
  'script',
  'style',
  'template',
  'textarea',
  'select',
  'datalist',
  'iframe',
  'frame',
  'noembed',
  'noframes',
  'title',
  'annotation',
  'annotation-xml',
  'rp',
]);

/** Content that is there for those who cannot see the element, or that names it. */
const FALLBACK = new Set(['svg', 'object', 'video', 'audio', 'canvas']);

const INVISIBLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b/i;

/** The mark that links a heading to itself, as documentation generators write it. */
const PERMALINK_MARK = /^[#¶§🔗⚓]$/u;

export function isUnread(name: string): boolean {
  return UNREAD.has(name);
}

/**
 * Whether the element's text is not shown to a visitor. Only what the element says itself counts; style sheets are
 * not read. Links in it are links all the same: closed menus are opened by scripts, and a crawler must get there.
 */
export function isConcealing(element: DomElement): boolean {
  const { name } = element;
  if (FALLBACK.has(name) || attribute(element, 'hidden') !== null) return true;
  if (attribute(element, 'aria-hidden') === 'true') return true;
  const style = attribute(element, 'style');
  return (style !== null && INVISIBLE.test(style)) || (name === 'a' && isPermalinkMark(element));
}

/** HTML inside a picture is shown, while the texts of the picture itself name it. Only in SVG has the name this case. */
export function isRevealing({ name }: DomElement): boolean {
  return name === 'foreignObject';
}

function isPermalinkMark(anchor: DomElement): boolean {
  const [only, second] = anchor.children;
  if (only?.type !== 'text' || second !== undefined) return false;
  return PERMALINK_MARK.test((only.data ?? '').trim()) && attribute(anchor, 'href')?.startsWith('#') === true;
}
