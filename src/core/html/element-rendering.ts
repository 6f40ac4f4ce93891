import { attribute, type DomElement } from './dom.ts';

const BLOCKS = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'br',
  'button',
  'caption',
  'center',
  'dd',
  'details',
  'dialog',
  'dir',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hgroup',
  'hr',
  'html',
  'input',
  'legend',
  'li',
  'main',
  'menu',
  'nav',
  'ol',
  'p',
  'pre',
  'search',
  'section',
  'select',
  'summary',
  'table',
  'tbody',
  'td',
  'textarea',
  'tfoot',
  'th',
  'thead',
  'tr',
  'ul',
]);

/** Whether the element's edges separate words that have no white space between them. */
export function isBlock(name: string): boolean {
  return BLOCKS.has(name);
}

/** Elements whose content is not text of the page: code, or fallback for something else. */
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

/** Elements whose content is fallback for visitors who cannot see them, or their accessible name. */
const FALLBACK = new Set(['svg', 'object', 'video', 'audio', 'canvas']);

const INVISIBLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b/i;

/** Text of the permalink that documentation generators add to a heading. */
const PERMALINK_MARK = /^[#¶§🔗⚓]$/u;

export function isIgnored(name: string): boolean {
  return UNREAD.has(name);
}

/**
 * Whether the element hides its text from visitors. Only its own attributes count; style sheets are not read. Links in
 * it are still links: scripts open closed menus, and a crawler must follow them.
 */
export function hidesContent(element: DomElement): boolean {
  const { name } = element;
  if (FALLBACK.has(name) || attribute(element, 'hidden') !== null) return true;
  if (attribute(element, 'aria-hidden') === 'true') return true;
  const style = attribute(element, 'style');
  return (style !== null && INVISIBLE.test(style)) || (name === 'a' && isPermalinkMark(element));
}

/** Whether the element shows HTML inside an SVG picture. Only in SVG does the name have this case. */
export function showsContent({ name }: DomElement): boolean {
  return name === 'foreignObject';
}

function isPermalinkMark(anchor: DomElement): boolean {
  const [only, second] = anchor.children;
  if (only?.type !== 'text' || second !== undefined) return false;
  return PERMALINK_MARK.test((only.data ?? '').trim()) && attribute(anchor, 'href')?.startsWith('#') === true;
}
