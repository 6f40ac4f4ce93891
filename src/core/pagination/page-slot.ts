/** Stands for the page number in the URL pattern of a paginated list. */
export const PAGE_PLACEHOLDER = '{page}';

/**
 * What the place of a number in a URL is called after: a page, a position in a list, an opaque mark; `short` and
 * `unnamed` may be anything; `other` is certainly something else (a day, a chapter, an article).
 */
export type SlotKind = 'page' | 'offset' | 'cursor' | 'short' | 'unnamed' | 'other';

/** A part of a URL that may hold the page number or cursor of a paginated list. */
export interface PageSlot {
  readonly kind: SlotKind;
  /** The URL with `{page}` in the place. */
  readonly template: string;
  /** The number that stands there; null for a cursor. */
  readonly value: number | null;
}

const PAGE =
  /(?:^|[a-z_.[-])page\]?$|^pages?$|^paged$|^pg(?:no|num)?$|^page[-_]?(?:no|num|number|nr|index|idx|n)$|^page\[(?:number|no)\]$|^(?:cur|current|this)[-_]?page$|^pagina$|^seite$|^strana$|^페이지$/i;
const OFFSET =
  /^(?:offset|start|skip|from|first|begin|start[-_]?(?:index|at|from|row|record)?|first[-_]?(?:row|result|index)|page\[offset\]|row|pos)$/i;
const CURSOR =
  /^(?:cursor|after|before|(?:end|start|next)[-_]?cursor|(?:next[-_]?)?page[-_]?token|next[-_]?token|continuation(?:[-_]?token)?|continue|pagefrom|pageuntil|filefrom|subcatfrom|(?:starting|ending)[-_](?:after|before)|(?:max|since|last|min)[-_]?id|page\[(?:after|before|cursor)\]|bookmark|scroll[-_]?id)$/i;
const SHORT = /^(?:p|pn|cp|np)$/i;
const OTHER =
  /(?:^|[-_.])(?:y|yy|yyyy|year|m|mm|month|d|dd|day|date|week|hour|rating|rate|stars?|score|size|limit|per[-_]?page|page[-_]?size|pagesize|perpage|count|rows?[-_]?per[-_]?page|num|max|v|ver|version|release|rev|chapter|chap|ch|kap|lesson|step|part|episode|ep|season|vol|volume|issue|issues|no|idx|id|seq|nr|srl|post|article|thread|t|topic|f|forum|cat|cate|category|tag|level|lv|grade|floor|zoom|tab|slide|photo|img|image|question|q|quiz|item|product|user|comic|node|section|sect|sec|fn|fnref|note|ref|cite|line|room|team|track|verse|day\d*)$/i;

const DIGITS = /(?<![\d.])\d{1,7}(?![\d.]*\d)(?![a-z])/gi;
const DATE = /(?:^|\D)(?:19|20)\d\d[-_.]?[01]?\d(?:\D|$)/;
const YEAR = /^(?:19|20)\d\d$/;
const INTEGER = /^\d{1,7}$/;
/** Path segments that are looked at, from the end. */
const SEGMENTS = 3;
const MAX_PARAMETERS = 30;

/** The parts of a canonical URL, including its fragment, that may hold a page number or cursor. */
export function pageSlots(url: string): readonly PageSlot[] {
  const hash = url.indexOf('#');
  const page = hash < 0 ? url : url.slice(0, hash);
  const mark = page.indexOf('?');
  const pathEnd = mark < 0 ? page.length : mark;
  const slots = pathSlots(url, page.indexOf('/', page.indexOf('//') + 2), pathEnd);
  if (mark >= 0) slots.push(...querySlots(url, mark + 1, page.length));
  if (hash >= 0) slots.push(...fragmentSlots(url, hash + 1));
  return slots;
}

/** The number that a URL has in the place of a template; null if it is no URL of that template. */
export function valueIn(template: string, url: string): number | null {
  const place = template.indexOf(PAGE_PLACEHOLDER);
  const before = template.slice(0, place);
  const after = template.slice(place + PAGE_PLACEHOLDER.length);
  if (place < 0 || !url.startsWith(before) || !url.endsWith(after)) return null;
  const value = url.slice(before.length, url.length - after.length);
  return INTEGER.test(value) ? Number(value) : null;
}

/** Whether a fragment (without `#`) holds a page number; notes and chapters have fragments with numbers too. */
export function isPageFragment(fragment: string): boolean {
  return fragmentSlots(fragment, 0).length > 0;
}

function pathSlots(url: string, start: number, end: number): PageSlot[] {
  if (start < 0) return [];
  const segments = url.slice(start, end).split('/');
  const slots: PageSlot[] = [];
  let position = end;
  for (let index = segments.length - 1; index > 0 && index >= segments.length - SEGMENTS; index--) {
    const segment = segments[index] ?? '';
    position -= segment.length;
    slots.push(...segmentSlots(url, position, segment, segments[index - 1] ?? ''));
    position -= 1;
  }
  return slots;
}

function segmentSlots(url: string, position: number, segment: string, before: string): PageSlot[] {
  return [...segment.matchAll(DIGITS)].map((match) => {
    const name = match.index === 0 ? before : segment.slice(0, match.index);
    const isDate = DATE.test(segment) || (match.index === 0 && /^\d+$/.test(before));
    const kind = isDate ? 'other' : pathKind(name);
    const isYear = kind !== 'page' && YEAR.test(match[0]);
    return slotAt(url, position + match.index, match[0], isYear ? 'other' : kind);
  });
}

function querySlots(url: string, start: number, end: number): PageSlot[] {
  const slots: PageSlot[] = [];
  let position = start;
  for (const parameter of url.slice(start, end).split('&', MAX_PARAMETERS)) {
    const equals = parameter.indexOf('=');
    const value = parameter.slice(equals + 1);
    const kind = equals < 0 ? 'other' : parameterKind(decoded(parameter.slice(0, equals)), value);
    if (kind === 'cursor' ? value !== '' : INTEGER.test(value))
      slots.push(slotAt(url, position + equals + 1, value, kind));
    position += parameter.length + 1;
  }
  return slots;
}

function fragmentSlots(url: string, start: number): PageSlot[] {
  const fragment = url.slice(start);
  return [...fragment.matchAll(DIGITS)]
    .filter((match) => pathKind(fragment.slice(0, match.index)) === 'page')
    .map((match) => slotAt(url, start + match.index, match[0], 'page'));
}

function slotAt(url: string, at: number, text: string, kind: SlotKind): PageSlot {
  const template = url.slice(0, at) + PAGE_PLACEHOLDER + url.slice(at + text.length);
  return { kind, template, value: kind === 'cursor' ? null : Number(text) };
}

/** Of the words right before the number: `page-`, `;page=`, `list_`, or the segment before it. */
function pathKind(before: string): SlotKind {
  const name = /[\p{L}]+(?=[-_=:;,!/]*$)/u.exec(decoded(before).slice(-60))?.[0] ?? '';
  const kind = kindOf(name);
  return kind === 'offset' || kind === 'cursor' ? 'unnamed' : kind;
}

/** A position that is no number is a mark: `offset=20240211093000|551`. */
function parameterKind(name: string, value: string): SlotKind {
  return name === 'offset' && !INTEGER.test(value) ? 'cursor' : kindOf(name);
}

function kindOf(name: string): SlotKind {
  if (OTHER.test(name)) return 'other';
  if (PAGE.test(name)) return 'page';
  if (OFFSET.test(name)) return 'offset';
  if (CURSOR.test(name)) return 'cursor';
  return SHORT.test(name) ? 'short' : 'unnamed';
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
