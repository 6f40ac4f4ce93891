import type { Subject, SubjectList, SubjectQuery, SummaryCoverage } from '../../model/summary.ts';
import type {
  CrawlRange,
  MapReader,
  PageSubjectRow,
  SectionSubjectRow,
  SummaryReader,
  SumRow,
} from '../../ports/map-reader.ts';
import { readNumbersCursor } from '../number-cursor.ts';
import { isBoilerplate, pageText } from '../summaries/summary-source.ts';

/** Pages that one list of sections looks through: bounds the time of a call where nothing is left to do. */
const PAGES_AT_ONCE = 100;
/** Sections that a page is summarised from. */
const PAGE_PARTS = 40;
/** Sections that are read for them: menus and footers among them are left out. */
const READ_PARTS = PAGE_PARTS * 5;
const PART_CHARACTERS = 300;
/** Pages that a group or a site is summarised from, those near its root. */
const PAGES_SUMMED_UP = 40;
/** Stands after every section of a page. */
const LAST = 0x7fffffff;

/** What has no summary of the variant yet. */
export function summarySubjects(
  { summaries }: MapReader,
  crawlId: string,
  query: SubjectQuery,
): Promise<SubjectList> {
  switch (query.level) {
    case 'section':
      return sectionSubjects(summaries, crawlId, query);
    case 'page':
      return pageSubjects(summaries, crawlId, query);
    case 'group':
      return groupSubjects(summaries, crawlId, query);
    case 'site':
      return siteSubject(summaries, crawlId, query);
  }
}

/** How much of a crawl has a summary of the variant. */
export async function summaryCoverage(
  { summaries }: MapReader,
  crawlId: string,
  variant: string,
): Promise<SummaryCoverage> {
  const levels = await summaries.coverage({ crawlId, variant });
  const found = levels.reduce((sum, level) => sum + level.found, 0);
  const summarised = levels.reduce((sum, level) => sum + level.summarised, 0);
  return { summarised, missing: found - summarised };
}

/** Contents of the pages in the order of their first storage; one that is on several of these pages is listed once. */
async function sectionSubjects(
  summaries: SummaryReader,
  crawlId: string,
  { variant, cursor, limit, characters }: SubjectQuery,
): Promise<SubjectList> {
  const [at = 0, order = LAST] = readNumbersCursor(cursor, 2);
  const until = (await storedAfter(summaries, { crawlId, after: at, limit: PAGES_AT_ONCE })) ?? at;
  const rows = await summaries.sections({ crawlId, variant, at, order, until, limit, characters });
  const last = rows.at(-1);
  const isCut = rows.length === limit && last !== undefined;
  return {
    subjects: [...new Map(rows.map((row) => [row.block, sectionSubject(row)])).values()],
    cursor: isCut ? `${last.at}.${last.order}` : `${until}.${LAST}`,
    done: !isCut && (await storedAfter(summaries, { crawlId, after: until, limit: 1 })) === null,
  };
}

async function storedAfter(summaries: SummaryReader, range: CrawlRange): Promise<number | null> {
  const [stored] = await summaries.storedAfter(range);
  return stored?.at ?? null;
}

function sectionSubject({ block, path, title, language, text }: SectionSubjectRow): Subject {
  return { id: String(block), level: 'section', title, language, text, boilerplate: isBoilerplate(path) };
}

async function pageSubjects(
  summaries: SummaryReader,
  crawlId: string,
  { variant, cursor, limit, characters }: SubjectQuery,
): Promise<SubjectList> {
  const [after = 0] = readNumbersCursor(cursor, 2);
  const size = { limit, parts: READ_PARTS, characters: PART_CHARACTERS };
  const rows = await summaries.pages({ crawlId, variant, after, ...size });
  return {
    subjects: rows.map((row) => pageSubject(row, characters)),
    cursor: `${rows.at(-1)?.at ?? after}.${LAST}`,
    done: rows.length < limit,
  };
}

function pageSubject(row: PageSubjectRow, characters: number): Subject {
  const { key, title, description, language } = row;
  const parts = row.parts.filter(({ path }) => !isBoilerplate(path)).slice(0, PAGE_PARTS);
  const text = pageText(description, parts, characters);
  return { id: String(key), level: 'page', title, language, text, boilerplate: false };
}

async function groupSubjects(
  summaries: SummaryReader,
  crawlId: string,
  { cursor, limit, characters }: SubjectQuery,
): Promise<SubjectList> {
  const after = cursor ?? '';
  const rows = await summaries.sums('group', { crawlId, after, limit, pages: PAGES_SUMMED_UP });
  return {
    subjects: rows.map((row) => sumSubject('group', row, characters)),
    cursor: String(rows.at(-1)?.id ?? after),
    done: rows.length < limit,
  };
}

async function siteSubject(
  summaries: SummaryReader,
  crawlId: string,
  { characters }: SubjectQuery,
): Promise<SubjectList> {
  const [site] = await summaries.sums('site', { crawlId, after: '', limit: 1, pages: PAGES_SUMMED_UP });
  const isEmpty = site === undefined || site.pages.length === 0;
  return { subjects: isEmpty ? [] : [sumSubject('site', site, characters)], cursor: '', done: true };
}

/** A group under its name; a site under the title of its first page. */
function sumSubject(level: 'group' | 'site', { id, title, pages }: SumRow, characters: number): Subject {
  const [first] = pages;
  const parts = pages.map((page) => ({ heading: page.title, text: page.text }));
  return {
    id: String(id),
    level,
    title: level === 'site' ? (first?.title ?? title) : title,
    language: first?.language ?? null,
    text: pageText(null, parts, characters),
    boilerplate: false,
  };
}
