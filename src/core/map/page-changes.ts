import type { PageChange, PageChanges, PageVersion } from '../../model/history.ts';
import type { ListQuery } from '../../model/list-query.ts';
import type { ContentRow, CrawlReader, Key, MapReader, VersionRow } from '../../ports/map-reader.ts';
import { derivedId } from '../derived-id.ts';
import { readCursor } from '../number-cursor.ts';
import { readWithin } from './read-within.ts';

/** Pages of each crawl that one call compares: bounds its time where nothing has changed. */
const MAX_COMPARED = 5000;
/** Sections of a result past which it takes no further page. */
const MAX_SECTIONS = 20_000;
/** Pages whose contents are read at once. */
const PAGES_AT_ONCE = 50;

type Version = VersionRow['version'];

/** The next pages of a crawl by key; `end` is the last of them, infinite if no more follow. */
interface Part {
  readonly versions: ReadonlyMap<Key, Version>;
  readonly end: number;
}

/** Pages whose content differs between two crawls, and those that only one of them stored. */
export async function pageChanges(
  { crawls }: MapReader,
  from: string,
  to: string,
  { cursor, limit }: ListQuery,
): Promise<PageChanges> {
  const after = readCursor(cursor, 0);
  const [before, now] = [await readPart(crawls, from, after), await readPart(crawls, to, after)];
  const end = Math.min(before.end, now.end);
  const changed = [...new Set([...before.versions.keys(), ...now.versions.keys()])]
    .filter((page) => page <= end && before.versions.get(page) !== now.versions.get(page))
    .sort((a, b) => a - b);
  const pages = await readWithin(changed.slice(0, limit), {
    batch: PAGES_AT_ONCE,
    read: (part) => changesOf(crawls, part, before, now),
    weightOf: (change) => (change.before?.sections.length ?? 0) + (change.after?.sections.length ?? 0),
    maxWeight: MAX_SECTIONS,
  });
  const last = pages.length < changed.length ? changed[pages.length - 1] : end;
  return { pages, next: last === undefined || last === Number.POSITIVE_INFINITY ? null : String(last) };
}

async function readPart(crawls: CrawlReader, crawlId: string, after: Key): Promise<Part> {
  const rows = await crawls.versions({ crawlId, after, limit: MAX_COMPARED });
  const end = rows.length < MAX_COMPARED ? Number.POSITIVE_INFINITY : (rows.at(-1)?.page ?? after);
  return { versions: new Map(rows.map(({ page, version }) => [page, version])), end };
}

async function changesOf(
  crawls: CrawlReader,
  pages: readonly Key[],
  before: Part,
  now: Part,
): Promise<PageChange[]> {
  const wanted = [before, now].flatMap(({ versions }) =>
    pages.flatMap((page): VersionRow[] => {
      const version = versions.get(page);
      return version === undefined ? [] : [{ page, version }];
    }),
  );
  const contents = Map.groupBy(await crawls.contents(wanted), ({ page }) => page);
  return pages.flatMap((page) => {
    const rows = contents.get(page) ?? [];
    const [row] = rows;
    if (row === undefined) return [];
    const versionIn = ({ versions }: Part) => pageVersion(rows, versions.get(page));
    return [
      { url: row.url, before: versionIn(before), after: versionIn(now), removedSince: row.removedSince },
    ];
  });
}

function pageVersion(rows: readonly ContentRow[], wanted: Version | undefined): PageVersion | null {
  const row = rows.find(({ version }) => version === wanted);
  if (row === undefined) return null;
  const { url, title, sections } = row;
  return {
    title,
    sections: sections.map(([path, type, heading, content]) => ({
      id: derivedId(`${url} ${path}`),
      path,
      type,
      heading,
      content: String(content),
    })),
  };
}
