import { readCursor } from '../../../core/number-cursor.ts';
import type {
  CrawlHead,
  CrawlList,
  PageChange,
  PageChanges,
  PageVersion,
  UnseenPages,
} from '../../../model/history.ts';
import type { ListQuery } from '../../../model/list-query.ts';
import type { Run } from '../neo4j.ts';
import { readVersions, type VersionKey } from './page-versions.ts';

/** Pages of each crawl that one call compares: bounds its time where nothing has changed. */
const MAX_COMPARED = 20_000;
/** Sections after which an answer takes no further pages. */
const MAX_SECTIONS = 20_000;
/** Pages whose versions are read at once. */
const PAGES_AT_ONCE = 50;

const CRAWL_HEAD = `c {.id, .startedAt, .finishedAt, site: r.url, pages: COUNT { (c)-[:STORED]->() }}`;

const CRAWL = `MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r) RETURN ${CRAWL_HEAD} AS crawl`;

const CRAWLS = `
  MATCH (r:ROOT {url: $site})<-[:OF]-(c) WHERE c.n < $before
  RETURN c.n AS n, ${CRAWL_HEAD} AS crawl ORDER BY c.n DESC LIMIT $limit`;

const PART = `
  MATCH (c:CRAWL {id: $crawlId}) WITH c.n AS crawl
  MATCH ()-[stored:STORED]->() USING INDEX stored:STORED(crawl, place)
    WHERE stored.crawl = crawl AND stored.place > $after
  RETURN stored.place AS place, stored.version AS version ORDER BY stored.place LIMIT ${MAX_COMPARED}`;

const UNSEEN = `
  MATCH (c:CRAWL {id: $crawlId})-[:OF]->(r)-[has:HAS_PAGE]->(p)
    WHERE has.n > $after AND NOT EXISTS { (p)<-[:STORED]-(c) }
  RETURN has.n AS n, p.url AS url ORDER BY has.n LIMIT $limit`;

const PLACES =
  'UNWIND $places AS n MATCH (p:PLACE {n: n}) RETURN n, p.url AS url, p.goneSince AS removedSince';

/** The next pages of a crawl by number; `end` is the last of them, infinite if there are no more. */
interface Part {
  readonly versions: ReadonlyMap<number, string>;
  readonly end: number;
}

export async function readCrawl(run: Run, crawlId: string): Promise<CrawlHead | null> {
  const [row] = await run<{ crawl: CrawlHead }>(CRAWL, { crawlId });
  return row?.crawl ?? null;
}

export async function readCrawls(run: Run, site: string, { cursor, limit }: ListQuery): Promise<CrawlList> {
  const before = readCursor(cursor, Number.MAX_SAFE_INTEGER);
  const rows = await run<{ n: number; crawl: CrawlHead }>(CRAWLS, { site, before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return { crawls: shown.map(({ crawl }) => crawl), next: nextOf(rows.length > limit, shown) };
}

export async function readUnseen(
  run: Run,
  crawlId: string,
  { cursor, limit }: ListQuery,
): Promise<UnseenPages> {
  const after = readCursor(cursor, 0);
  const rows = await run<{ n: number; url: string }>(UNSEEN, { crawlId, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return { urls: shown.map(({ url }) => url), next: nextOf(rows.length > limit, shown) };
}

export async function readChanges(
  run: Run,
  from: string,
  to: string,
  { cursor, limit }: ListQuery,
): Promise<PageChanges> {
  const after = readCursor(cursor, 0);
  const [before, now] = [await readPart(run, from, after), await readPart(run, to, after)];
  const end = Math.min(before.end, now.end);
  const places = [...new Set([...before.versions.keys(), ...now.versions.keys()])]
    .filter((place) => place <= end && before.versions.get(place) !== now.versions.get(place))
    .sort((a, b) => a - b);
  const pages = await changesOf(run, places.slice(0, limit), before, now);
  const last = pages.length < places.length ? places[pages.length - 1] : end;
  return { pages, next: last === undefined || last === Number.POSITIVE_INFINITY ? null : String(last) };
}

async function readPart(run: Run, crawlId: string, after: number): Promise<Part> {
  const rows = await run<{ place: number; version: string }>(PART, { crawlId, after });
  const end = rows.length < MAX_COMPARED ? Number.POSITIVE_INFINITY : (rows.at(-1)?.place ?? after);
  return { versions: new Map(rows.map(({ place, version }) => [place, version])), end };
}

/** Takes changes until the answer is large; at least one. */
async function changesOf(
  run: Run,
  places: readonly number[],
  before: Part,
  now: Part,
): Promise<PageChange[]> {
  const pages: PageChange[] = [];
  let sections = 0;
  for (let first = 0; first < places.length; first += PAGES_AT_ONCE) {
    const part = places.slice(first, first + PAGES_AT_ONCE);
    const keys = part.flatMap((n) => [...keyOf(n, before), ...keyOf(n, now)]);
    const versions = await readVersions(run, keys);
    const heads = await run<{ n: number; url: string; removedSince: number | null }>(PLACES, {
      places: part,
    });
    for (const { n, url, removedSince } of heads.sort((a, b) => a.n - b.n)) {
      const version = (of: Part): PageVersion | null => versions(n, of.versions.get(n));
      const change = { url, before: version(before), after: version(now), removedSince };
      sections += (change.before?.sections.length ?? 0) + (change.after?.sections.length ?? 0);
      if (sections > MAX_SECTIONS && pages.length > 0) return pages;
      pages.push(change);
    }
  }
  return pages;
}

function keyOf(n: number, { versions }: Part): VersionKey[] {
  const hash = versions.get(n);
  return hash === undefined ? [] : [{ n, hash }];
}

function nextOf(hasMore: boolean, shown: readonly { readonly n: number }[]): string | null {
  const last = shown.at(-1);
  return hasMore && last !== undefined ? String(last.n) : null;
}
