import type { PagePattern } from '../../model/pagination.ts';
import type { ParsedLink } from '../../model/parsed-page.ts';
import { pageNumberOf } from './control-label.ts';
import { addressOf, type Control, controlsOf, type PaginationSource } from './page-controls.ts';
import { pageSlots, type SlotKind, valueIn } from './page-slot.ts';
import { isOfSameList } from './same-list.ts';

/** Links of one section whose labels are page numbers and whose URLs have the matching numbers in one place. */
export interface NumberedBar {
  readonly section: number;
  readonly kind: SlotKind;
  readonly pattern: PagePattern;
  /** URL by page number. */
  readonly pages: ReadonlyMap<number, string>;
  /** Controls of the section that lead to pages of the pattern. */
  readonly controls: readonly Control[];
  /** Its pages are of the list that the page shows, as far as URLs show. */
  readonly isSameList: boolean;
  readonly inPagination: boolean;
}

/** A link with a page number for its label, and the number in one place of its URL. */
interface Point {
  readonly page: number;
  readonly value: number;
  readonly url: string;
}

interface Series {
  readonly section: number;
  readonly kind: SlotKind;
  readonly template: string;
  readonly points: Point[];
}

/** Links with a number for their label that are looked at. */
const MAX_POINTS = 5000;
/** Series that are looked at; those called after pages come first, then the longest. */
const MAX_SERIES = 200;

/** The bar of page numbers that is most likely the page's own; null if there is none. */
export function numberedBar(source: PaginationSource): NumberedBar | null {
  const controls = Map.groupBy(controlsOf(source), ({ section }) => section);
  const bars = seriesOf(source.links).flatMap((series) => {
    const bar = barOf(series, source, controls.get(series.section) ?? []);
    return bar === null || !isLikely(bar) ? [] : [bar];
  });
  const templates = new Set(bars.map(({ pattern }) => pattern.url));
  // A list of threads has a small bar for each of them.
  const own = bars.filter((bar) => bar.isSameList || templates.size === 1);
  return own.toSorted((a, b) => weight(b) - weight(a))[0] ?? null;
}

function seriesOf(links: readonly ParsedLink[]): readonly Series[] {
  const all = new Map<string, Series>();
  let numbered = 0;
  for (const link of links) {
    const page = pageNumberOf(link.text);
    if (page === null || page === 0) continue;
    if (numbered++ === MAX_POINTS) break;
    const url = addressOf(link);
    for (const { kind, template, value } of pageSlots(url)) {
      if (value === null || kind === 'other') continue;
      const key = `${link.section} ${template}`;
      const series = all.get(key) ?? { section: link.section, kind, template, points: [] };
      series.points.push({ page, value, url });
      all.set(key, series);
    }
  }
  return [...all.values()].toSorted((a, b) => rank(b) - rank(a)).slice(0, MAX_SERIES);
}

function rank({ kind, points }: Series): number {
  return (isNamed(kind) ? 1_000_000 : 0) + points.length;
}

function barOf(series: Series, source: PaginationSource, controls: readonly Control[]): NumberedBar | null {
  const { section, kind, template, points } = series;
  const line = lineThrough(points) ?? lineThroughOne(points, kind);
  if (line === null || !isOnLine(valueIn(template, source.url), line)) return null;
  return {
    section,
    kind,
    pattern: { url: template, ...line },
    pages: new Map(points.map(({ page, url }) => [page, url])),
    controls: controls.filter(({ url }) => valueIn(template, url) !== null),
    isSameList: isOfSameList(template, source.url),
    inPagination: source.sections[section]?.type === 'pagination',
  };
}

type Line = Omit<PagePattern, 'url'>;

function isOnLine(value: number | null, { first, step }: Line): boolean {
  return value === null || Number.isInteger((value - first) / step);
}

/** The rule by which values follow page numbers: counted from 0 or 1, in steps; null if there is none. */
function lineThrough(points: readonly Point[]): Line | null {
  const [a] = points;
  const b = points.find(({ page }) => page !== a?.page);
  if (a === undefined || b === undefined) return null;
  const step = (b.value - a.value) / (b.page - a.page);
  const first = a.value - step * (a.page - 1);
  const isRight = points.every(({ page, value }) => value === first + step * (page - 1));
  return isRight && Number.isInteger(step) && step > 0 && (first === 0 || first === 1)
    ? { first, step }
    : null;
}

/** A single link counts only if its place in the URL is named after pages or positions. */
function lineThroughOne(points: readonly Point[], kind: SlotKind): Line | null {
  const [point] = points;
  if (point === undefined || points.some(({ page }) => page !== point.page)) return null;
  const { page, value } = point;
  if ((kind === 'page' || kind === 'short') && (value === page || value === page - 1)) {
    return { first: value - page + 1, step: 1 };
  }
  if (kind !== 'offset' || page < 2) return null;
  const first = value % (page - 1) === 0 ? 0 : 1;
  const step = (value - first) / (page - 1);
  return Number.isInteger(step) && step > 0 ? { first, step } : null;
}

/** Numbers alone are not enough where the place in the URL is called after nothing, or the list is another one. */
function isLikely({ kind, pages, controls, isSameList, inPagination }: NumberedBar): boolean {
  if (!isSameList) return controls.length > 0 && isNamed(kind);
  const isBar = inPagination || controls.length > 0;
  if (isNamed(kind)) return isBar || pages.size > 1;
  return kind === 'short' ? isBar || pages.size > 2 : isBar && pages.size > 1;
}

function isNamed(kind: SlotKind): boolean {
  return kind === 'page' || kind === 'offset';
}

function weight({ kind, pages, controls, isSameList, inPagination }: NumberedBar): number {
  const signs = (isSameList ? 8 : 0) + (isNamed(kind) ? 4 : 0) + (inPagination ? 2 : 0);
  return signs + Math.min(controls.length, 2) + Math.min(pages.size, 50) / 100;
}
