import type { PagePattern, PaginationKind } from '../../model/pagination.ts';
import { statedPage } from './control-label.ts';
import { type Control, controlsOf, type PaginationSource } from './page-controls.ts';
import { type PageSlot, pageSlots, valueIn } from './page-slot.ts';
import { isOfSameList } from './same-list.ts';

/** A link to the next or previous page of the list that the page shows. */
export interface StepLink extends Control {
  readonly kind: Extract<PaginationKind, 'next-prev' | 'offset' | 'cursor' | 'load-more'>;
  /** Null for a cursor. */
  readonly pattern: PagePattern | null;
  /** Number of the page that it stands on; null for a cursor. */
  readonly current: number | null;
}

/** What is known about a page's position in its list before its links are read. */
interface Here {
  readonly url: string;
  /** What the page says of itself in words. */
  readonly stated: number | null;
}

const SAYS_PAGE = /page|페이지/i;

/**
 * The links that lead on or back by a number or mark in the URL that is called after pages. A link to the next document
 * of a sequence (chapters, articles) has none, whatever its label and `rel` say.
 */
export function stepLinks(source: PaginationSource): readonly StepLink[] {
  return [...controlsOf(source), ...headControls(source)].flatMap((control) => {
    const section = source.sections[control.section];
    const stated = section?.type === 'pagination' ? statedPage(section.text).current : null;
    const here = { url: source.url, stated };
    for (const slot of pageSlots(control.url)) {
      const step = stepOf(control, slot, here);
      if (step !== null) return [step];
    }
    return [];
  });
}

/** What the head of the page names, or a script's attribute, and no link leads to. */
function headControls({ neighbours, links, url }: PaginationSource): readonly Control[] {
  const linked = new Set(links.map((link) => link.url));
  const named = [
    { role: 'more', target: neighbours.more },
    { role: 'next', target: neighbours.next },
    { role: 'previous', target: neighbours.prev },
  ] as const;
  return named.flatMap(({ role, target }) =>
    target === null || linked.has(target) || target === url
      ? []
      : [{ role, url: target, label: '', section: -1, sign: 'head' }],
  );
}

function stepOf(control: Control, slot: PageSlot, here: Here): StepLink | null {
  if (slot.kind === 'other' || slot.kind === 'unnamed') return null;
  if (control.role === 'first' || control.role === 'last') return null;
  const isMore = control.role === 'more';
  const saysPage = SAYS_PAGE.test(control.label);
  if (slot.kind === 'cursor') {
    if (!saysPage && !isOfSameList(slot.template, here.url)) return null;
    return { ...control, kind: isMore ? 'load-more' : 'cursor', pattern: null, current: null };
  }
  // `?p=124` after `?p=123` may be the next article: only a label that is no title decides.
  if (slot.kind === 'short' && control.sign !== 'label') return null;
  const place = isOfSameList(slot.template, here.url) ? placeOf(control, slot, here) : null;
  if (place === null) return null;
  const kind = isMore ? 'load-more' : place.pattern.step > 1 ? 'offset' : 'next-prev';
  return { ...control, ...place, kind };
}

interface Place {
  readonly pattern: PagePattern;
  readonly current: number;
}

function placeOf({ role }: Control, { kind, template, value }: PageSlot, here: Here): Place | null {
  if (value === null) return null;
  const isBack = role === 'previous';
  const line =
    kind === 'offset' ? offsetLine(template, value, isBack, here) : pageLine(template, value, isBack, here);
  if (line === null) return null;
  const { own, first, step } = line;
  const index = (own - first) / step;
  return Number.isInteger(index) ? { pattern: { url: template, first, step }, current: index + 1 } : null;
}

interface Line {
  /** The number that the page itself has or, as the first page, would have. */
  readonly own: number;
  readonly first: number;
  readonly step: number;
}

/** Pages are counted from 1 unless a 0 or the page's own text says otherwise. */
function pageLine(template: string, value: number, isBack: boolean, { url, stated }: Here): Line | null {
  const own = valueIn(template, url);
  if (own === null) {
    const isSecond = !isBack && (value === 1 || value === 2);
    return isSecond ? { own: value - 1, first: value - 1, step: 1 } : null;
  }
  if (value !== (isBack ? own - 1 : own + 1)) return null;
  const isFromZero = own === 0 || value === 0 || stated === own + 1;
  return { own, first: isFromZero ? 0 : 1, step: 1 };
}

/** Positions are counted from 0, or from 1 where the numbers say so (11, 21, 31). */
function offsetLine(template: string, value: number, isBack: boolean, { url }: Here): Line | null {
  const own = valueIn(template, url) ?? (value % 5 === 1 ? 1 : 0);
  const step = isBack ? own - value : value - own;
  return step < 1 ? null : { own, first: step > 1 && own % step === 1 ? 1 : 0, step };
}
