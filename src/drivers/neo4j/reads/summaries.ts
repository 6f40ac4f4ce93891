import { readNumbersCursor } from '../../../core/number-cursor.ts';
import { isBoilerplate, pageText } from '../../../core/summaries/summary-source.ts';
import type {
  Subject,
  SubjectList,
  SubjectQuery,
  SummaryCoverage,
  SummarySpending,
} from '../../../model/summary.ts';
import type { Run } from '../neo4j.ts';

/** Pages that one list of sections looks through: bounds the time of a call where nothing is left to do. */
const PAGES_AT_ONCE = 100;
/** Sections that a page is summarised from. */
const PAGE_PARTS = 40;
const PART_CHARACTERS = 300;
/** Pages that a group or a site is summarised from, the ones near its root. */
const PAGES_SUMMED_UP = 40;
/** Stands after every section of a page. */
const LAST = 0x7fffffff;

const STORED = `
  MATCH (c:CRAWL {id: $crawlId}) WITH c.n AS crawl
  MATCH ()-[stored:STORED]->(p) USING INDEX stored:STORED(crawl, n) WHERE stored.crawl = crawl`;

const PAGE_AFTER = `${STORED} AND stored.n > $n
  WITH stored ORDER BY stored.n LIMIT $count RETURN max(stored.n) AS n`;

const SECTIONS = `${STORED} AND stored.n >= $page AND stored.n <= $lastPage
  MATCH (p)-[:HAS_SECTION]->(s)-[:SHOWS]->(b)
    WHERE (stored.n > $page OR s.order > $order) AND b.text <> '' AND coalesce(b.summaryVariant <> $variant, true)
  RETURN stored.n AS at, s.order AS order, s.path AS path, coalesce(s.heading, s.label, '') AS title,
    p.language AS language, b.n AS n, left(b.text, $characters) AS text
  ORDER BY at, order LIMIT $limit`;

const PAGES = `${STORED} AND stored.n > $after AND coalesce(p.summaryVariant <> $variant, true)
  WITH stored, p ORDER BY stored.n LIMIT $limit
  RETURN stored.n AS at, p {.n, .title, .description, .language} AS page,
    COLLECT {
      MATCH (p)-[:HAS_SECTION]->(s)-[:SHOWS]->(b) WHERE b.text <> ''
      RETURN {path: s.path, heading: s.heading, text: coalesce(b.summary, left(b.text, ${PART_CHARACTERS}))}
      ORDER BY s.order LIMIT ${PAGE_PARTS * 5}
    } AS parts ORDER BY at`;

const SUMMED_UP = `{.title, .language, said: coalesce(p.summary, p.description, '')}`;

const GROUPS = `
  MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)-[:HAS_GROUP]->(g) WHERE g.id > $after
  WITH r, g ORDER BY g.id LIMIT $limit
  RETURN g.id AS id, g.name AS title, COLLECT {
    MATCH (g)-[:HAS_MEMBER]->(p)<-[has:HAS_PAGE]-(r) WHERE p.goneSince IS NULL
    RETURN p ${SUMMED_UP} ORDER BY has.depth, has.n LIMIT ${PAGES_SUMMED_UP}
  } AS pages ORDER BY id`;

const SITE = `
  MATCH (:CRAWL {id: $crawlId})-[:OF]->(r)
  RETURN r.n AS n, COLLECT {
    MATCH (r)-[has:HAS_PAGE]->(p) WHERE p.goneSince IS NULL
    RETURN p ${SUMMED_UP} ORDER BY has.depth, has.n LIMIT ${PAGES_SUMMED_UP}
  } AS pages`;

const SPENDING = `
  MATCH (c:CRAWL {id: $crawlId})
  RETURN coalesce(c.summariesMade, 0) AS made, coalesce(c.summaryCalls, 0) AS calls,
    coalesce(c.summaryTokens, 0) AS tokens`;

const COVERED_PAGES = `
  MATCH (:CRAWL {id: $crawlId})-[:STORED]->(p)
  RETURN count(p) AS found, count(CASE WHEN p.summaryVariant = $variant THEN 1 END) AS summarised`;
const COVERED_SECTIONS = `
  MATCH (:CRAWL {id: $crawlId})-[:STORED]->()-[:HAS_SECTION]->()-[:SHOWS]->(b) WHERE b.text <> ''
  WITH DISTINCT b
  RETURN count(b) AS found, count(CASE WHEN b.summaryVariant = $variant THEN 1 END) AS summarised`;

const COVERED_GROUPS = `
  MATCH (:CRAWL {id: $crawlId})-[:OF]->()-[:HAS_GROUP]->(g)
  RETURN count(g) AS found, count(CASE WHEN g.summaryVariant = $variant THEN 1 END) AS summarised`;

const COVERED_SITE = `
  MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r) WHERE EXISTS { (c)-[:STORED]->() }
  RETURN count(r) AS found, count(CASE WHEN r.summaryVariant = $variant THEN 1 END) AS summarised`;

interface StoredSection extends Pick<Subject, 'title' | 'language' | 'text'> {
  readonly at: number;
  readonly order: number;
  readonly path: string;
  readonly n: number;
}

interface StoredPage {
  readonly at: number;
  readonly page: {
    readonly n: number;
    readonly title: string;
    readonly description: string | null;
    readonly language: string | null;
  };
  readonly parts: readonly {
    readonly path: string;
    readonly heading: string | null;
    readonly text: string;
  }[];
}

interface SummedUpPage {
  readonly title: string;
  readonly language: string | null;
  readonly said: string;
}

interface GroupRow {
  readonly id: string;
  readonly title: string;
  readonly pages: readonly SummedUpPage[];
}

interface Covered {
  readonly found: number;
  readonly summarised: number;
}

/** What has no summary of the variant yet. */
export function readSubjects(run: Run, crawlId: string, query: SubjectQuery): Promise<SubjectList> {
  switch (query.level) {
    case 'section':
      return sectionSubjects(run, crawlId, query);
    case 'page':
      return pageSubjects(run, crawlId, query);
    case 'group':
      return groupSubjects(run, crawlId, query);
    case 'site':
      return siteSubject(run, crawlId, query);
  }
}

export async function readSpending(run: Run, crawlId: string): Promise<SummarySpending> {
  const [spending] = await run<SummarySpending>(SPENDING, { crawlId });
  return spending ?? { made: 0, calls: 0, tokens: 0 };
}

export async function readCoverage(run: Run, crawlId: string, variant: string): Promise<SummaryCoverage> {
  let [found, summarised] = [0, 0];
  for (const cypher of [COVERED_PAGES, COVERED_SECTIONS, COVERED_GROUPS, COVERED_SITE]) {
    const [row] = await run<Covered>(cypher, { crawlId, variant });
    found += row?.found ?? 0;
    summarised += row?.summarised ?? 0;
  }
  return { summarised, missing: found - summarised };
}

export async function readCachedSummaries(
  run: Run,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await run<{ key: string; text: string }>(
    'UNWIND $keys AS key MATCH (s:SUMMARY {key: key}) RETURN key, s.text AS text',
    { keys },
  );
  return new Map(rows.map(({ key, text }) => [key, text]));
}

/** Blocks of the pages in the order of their first storage; a block on several of these pages is listed once. */
async function sectionSubjects(
  run: Run,
  crawlId: string,
  { variant, cursor, limit, characters }: SubjectQuery,
): Promise<SubjectList> {
  const [page = 0, order = LAST] = readNumbersCursor(cursor, 2);
  const lastPage = await pageAfter(run, crawlId, page, PAGES_AT_ONCE);
  const asked = { crawlId, page, lastPage, order, variant, characters, limit };
  const rows = await run<StoredSection>(SECTIONS, asked);
  const last = rows.at(-1);
  const cut = rows.length === limit && last !== undefined;
  return {
    subjects: [...new Map(rows.map((row) => [row.n, sectionSubject(row)])).values()],
    cursor: cut ? `${last.at}.${last.order}` : `${lastPage}.${LAST}`,
    done: !cut && (await pageAfter(run, crawlId, lastPage, 1)) === lastPage,
  };
}

/** Number of the page so many further on, or of the crawl's last one. */
async function pageAfter(run: Run, crawlId: string, n: number, count: number): Promise<number> {
  const [row] = await run<{ n: number | null }>(PAGE_AFTER, { crawlId, n, count });
  return row?.n ?? n;
}

function sectionSubject({ n, path, title, language, text }: StoredSection): Subject {
  return { id: String(n), level: 'section', title, language, text, boilerplate: isBoilerplate(path) };
}

async function pageSubjects(
  run: Run,
  crawlId: string,
  { variant, cursor, limit, characters }: SubjectQuery,
): Promise<SubjectList> {
  const [after = 0] = readNumbersCursor(cursor, 2);
  const rows = await run<StoredPage>(PAGES, { crawlId, after, variant, limit });
  return {
    subjects: rows.map((row) => pageSubject(row, characters)),
    cursor: `${rows.at(-1)?.at ?? after}.${LAST}`,
    done: rows.length < limit,
  };
}

function pageSubject({ page, parts }: StoredPage, characters: number): Subject {
  const own = parts.filter(({ path }) => !isBoilerplate(path)).slice(0, PAGE_PARTS);
  return {
    id: String(page.n),
    level: 'page',
    title: page.title,
    language: page.language,
    text: pageText(page.description, own, characters),
    boilerplate: false,
  };
}

async function groupSubjects(
  run: Run,
  crawlId: string,
  { cursor, limit, characters }: SubjectQuery,
): Promise<SubjectList> {
  const after = cursor ?? '';
  const rows = await run<GroupRow>(GROUPS, { crawlId, after, limit });
  return {
    subjects: rows.map(({ id, title, pages }) => subjectOf('group', id, title, pages, characters)),
    cursor: rows.at(-1)?.id ?? after,
    done: rows.length < limit,
  };
}

async function siteSubject(run: Run, crawlId: string, { characters }: SubjectQuery): Promise<SubjectList> {
  const [site] = await run<{ n: number; pages: readonly SummedUpPage[] }>(SITE, { crawlId });
  const [root] = site?.pages ?? [];
  if (site === undefined || root === undefined) return { subjects: [], cursor: '', done: true };
  return {
    subjects: [subjectOf('site', String(site.n), root.title, site.pages, characters)],
    cursor: '',
    done: true,
  };
}

/** What is summarised from pages. */
function subjectOf(
  level: 'group' | 'site',
  id: string,
  title: string,
  pages: readonly SummedUpPage[],
  characters: number,
): Subject {
  const parts = pages.map((page) => ({ heading: page.title, text: page.said }));
  const text = pageText(null, parts, characters);
  return { id, level, title, language: pages[0]?.language ?? null, text, boilerplate: false };
}
