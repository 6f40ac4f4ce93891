import type { ParsedSection, SectionType } from '../../model/parsed-page.ts';
import { contentHash } from '../html/content-hash.ts';

const NUMBER = /^\d+$/;
const DATE = /^(?:19|20)\d\d(?:[-_.]?[01]\d(?:[-_.]?[0-3]\d)?)?$/;
const OPAQUE = /^(?:[\da-f]{8,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;
/** The ending of a file's name, which distinguishes kinds of pages. */
const EXTENSION = /\.[a-z][a-z\d]{0,5}$/i;
const MAX_PARAMETERS = 5;

/** Stands in a template for what differs from page to page. */
export const ANY = '*';

/**
 * A canonical URL with `*` for what is likely to differ between pages of one layout: the values of its parameters, or
 * without any the last step of its path; numbers, dates and ids in all steps.
 */
export function urlTemplate(url: string): string {
  const { origin, path, query, fragment } = partsOf(url);
  return (
    origin + pathTemplate(path, query === '') + queryTemplate(query) + (fragment === '' ? '' : `#${ANY}`)
  );
}

function pathTemplate(path: string, isNameOpen: boolean): string {
  const steps = path.split('/').slice(1);
  const last = isNameOpen ? steps.findLastIndex((step) => step !== '') : -1;
  return `/${steps.map((step, index) => (index === last ? lastStep(step) : innerStep(step))).join('/')}`;
}

function lastStep(step: string): string {
  return ANY + (EXTENSION.exec(step)?.[0].toLowerCase() ?? '');
}

function innerStep(step: string): string {
  return NUMBER.test(step) || DATE.test(step) || OPAQUE.test(step) ? ANY : step;
}

function queryTemplate(query: string): string {
  if (query === '') return '';
  const names = [
    ...new Set(query.split('&', MAX_PARAMETERS + 1).map((parameter) => parameter.split('=', 1)[0])),
  ];
  return `?${names
    .toSorted()
    .map((name) => `${name}=${ANY}`)
    .join('&')}`;
}

function partsOf(url: string) {
  const [page = '', fragment = ''] = splitAt(url, '#');
  const [place, query = ''] = splitAt(page, '?');
  const start = place.indexOf('/', place.indexOf('//') + 2);
  const end = start < 0 ? place.length : start;
  return { origin: place.slice(0, end), path: place.slice(end), query, fragment };
}

function splitAt(text: string, mark: string): [before: string, after?: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Parts that belong to a layout, whatever the page says. How long a text is, and what it lists, does not. */
const LAYOUT: ReadonlySet<SectionType> = new Set<SectionType>([
  'header',
  'navigation',
  'main',
  'article',
  'aside',
  'footer',
  'search',
  'form',
  'breadcrumb',
]);
const DIGITS = 16;

/**
 * Hash of the kinds of a page's parts and of how they stand in one another, each counted once: ten articles below one
 * another are the same layout as nine. Chapters, lists and tables are content, and what they hold stands in the part
 * around them; bars of page numbers and banners come and go.
 */
export function layoutFingerprint(sections: readonly Pick<ParsedSection, 'type' | 'parent'>[]): string {
  const paths: string[] = [];
  const seen = new Set<string>();
  for (const { type, parent } of sections) {
    const around = parent === null ? '' : (paths[parent] ?? '');
    const path = LAYOUT.has(type) && !around.endsWith(`/${type}`) ? `${around}/${type}` : around;
    paths.push(path);
    seen.add(path);
  }
  return contentHash([...seen].sort()).slice(0, DIGITS);
}
