import type { ParsedLink, ParsedSection } from '../../model/parsed-page.ts';
import type { Click, LinkPlace } from '../../model/route.ts';
import { isStopWord, stemOf, wordsOf } from './words.ts';

/**
 * What makes a step less clear, in hundredths of a click.
 *
 * | | cost | because |
 * |---|---|---|
 * | a click | 100 | the next page must load and be taken in: few clicks come first |
 * | header, navigation | 5 | as good as the text: it stands at the same place on every page, but is not about this page |
 * | aside, search, form | 10 | beside what the page is about |
 * | breadcrumb | 15 | leads up, small |
 * | pagination | 20 | says where in a list, not what |
 * | dialog, banner | 60 | may not be there when one looks for it |
 * | footer | 110 | below everything; two clear clicks (205) are slightly better than one there (210) |
 * | more than 25, 100, 400 links in the section | 10, 30, 60 | the link must be found among the others |
 * | a label that says nothing (`here`, `3`) | 50 | cannot be distinguished from others of its kind |
 * | a label longer than 80 characters | 15 | too long for one breath |
 * | a label that has no word of what the page is called | 15 | one must know that it is there (counted for the last click only) |
 * | no label | 150 | cannot be spoken at all |
 */
export const CLICK = 100;
const CLEAR = 0;
const SECTION_COSTS: Readonly<Partial<Record<ParsedSection['type'], number>>> = {
  header: 5,
  navigation: 5,
  aside: 10,
  search: 10,
  form: 10,
  breadcrumb: 15,
  pagination: 20,
  dialog: 60,
  banner: 60,
};
const FOOTER_COST = 110;
const LONG_LISTS: readonly (readonly [links: number, cost: number])[] = [
  [400, 60],
  [100, 30],
  [25, 10],
];
const VAGUE_LABEL = 50;
const LONG_LABEL = 15;
const NO_LABEL = 150;
const LABEL_MISMATCH = 15;

const LONG_LABEL_LENGTH = 80;
const VAGUE =
  /^(?:here|click here|this|this page|link|more|read more|learn more|see more|details|go|https?:\/\/.*|여기|여기를 클릭|클릭|더보기|더 보기|자세히|자세히 보기|바로가기)$/iu;
const LETTER = /\p{L}/u;

/** What it costs to find a section on its page, in hundredths of a click. */
export function sectionCost(type: ParsedSection['type'], path: string, links: number): number {
  const long = LONG_LISTS.find(([more]) => links > more)?.[1] ?? CLEAR;
  return (isInFooter(type, path) ? FOOTER_COST : (SECTION_COSTS[type] ?? CLEAR)) + long;
}

/** What it costs to follow a link once its section is found, in hundredths of a click. */
export function linkCost({ text }: Pick<ParsedLink, 'text'>): number {
  if (text === '') return CLICK + NO_LABEL;
  if (isVague(text)) return CLICK + VAGUE_LABEL;
  return CLICK + (text.length > LONG_LABEL_LENGTH ? LONG_LABEL : CLEAR);
}

/** Stems of the words in the names of a page, stop words left out. */
export function nameStems(names: readonly string[]): ReadonlySet<string> {
  return new Set(
    names
      .flatMap(wordsOf)
      .filter((word) => !isStopWord(word))
      .map(stemOf),
  );
}

/** Cost that a label adds to the last click if it has no word of the page's names. */
export function labelMismatchCost(label: string, stems: ReadonlySet<string>): number {
  return stems.size === 0 || wordsOf(label).some((word) => stems.has(stemOf(word))) ? CLEAR : LABEL_MISMATCH;
}

/** Whether a section is the page's footer or stands in it. */
export function isInFooter(type: string, path: string): boolean {
  return type === 'footer' || /(?:^|\/)footer[[#/]/.test(path);
}

function isVague(text: string): boolean {
  return !LETTER.test(text) || VAGUE.test(text.trim());
}

/** Where on a page a link stands. */
export const LINK_PLACES = [
  'content',
  'menu',
  'footer',
  'breadcrumb',
  'pagination',
] as const satisfies readonly LinkPlace[];

/** Pages that show a block before it may count as repeated. */
export const MIN_REPEATS = 3;

/** Whether a block stands on most pages of its site. */
export function isRepeated(shownOn: number, sitePages: number): boolean {
  return shownOn >= MIN_REPEATS && shownOn * 2 > sitePages;
}

/** A link in the header, in a navigation, or in a block that most pages repeat is in the menu, unless in the footer. */
export function linkPlace({ section, repeats }: Pick<Click, 'section' | 'repeats'>): LinkPlace {
  const { type, path } = section;
  if (isInFooter(type, path)) return 'footer';
  if (type === 'breadcrumb' || type === 'pagination') return type;
  return repeats || type === 'navigation' || type === 'header' ? 'menu' : 'content';
}
