import { readCursor } from '../../../core/number-cursor.ts';
import type { CrawlHead, CrawlList, PageChange, PageChanges, UnseenPages } from '../../../model/history.ts';
import type { ListQuery } from '../../../model/list-query.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { CrawlRow } from '../tables/crawl-row.ts';
import { int, intOrNull, type Row, text } from '../tables/rows.ts';
import { MapWriter } from './map-writer.ts';
import { PageVersions } from './page-versions.ts';

/** Pages of each crawl that one call compares: bounds its time where nothing has changed. */
const MAX_COMPARED = 5000;
/** Sections after which an answer takes no further pages. */
const MAX_SECTIONS = 20_000;

const CRAWL_HEAD = `SELECT c.k, c.id, s.url AS site, c.started_at, c.finished_at,
  (SELECT count(*) FROM crawl_page p WHERE p.crawl = c.k) AS pages FROM crawl c JOIN site s ON s.k = c.site`;

/** The next places of a crawl, by number, and which content they had. */
const PART = 'SELECT place, version FROM crawl_page WHERE crawl = ? AND place > ? ORDER BY place LIMIT ?';

/** What is remembered of earlier crawls. */
export class HistoryTable {
  readonly #file: SqliteFile;
  readonly #versions: PageVersions;
  readonly #writer: MapWriter;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#versions = new PageVersions(file);
    this.#writer = new MapWriter(file);
  }

  crawl(crawlId: string): CrawlHead | null {
    const row = this.#file.sql(`${CRAWL_HEAD} WHERE c.id = ?`).get(crawlId) as Row | undefined;
    return row === undefined ? null : crawlHead(row);
  }

  crawls(site: string, { cursor, limit }: ListQuery): CrawlList {
    const rows = this.#file
      .sql(
        `${CRAWL_HEAD} WHERE c.site = (SELECT k FROM site WHERE url = ?) AND c.k < ? ORDER BY c.k DESC LIMIT ?`,
      )
      .all(site, readCursor(cursor, Number.MAX_SAFE_INTEGER), limit + 1) as Row[];
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      crawls: shown.map(crawlHead),
      next: rows.length > limit && last !== undefined ? String(int(last, 'k')) : null,
    };
  }

  changes(from: string, to: string, { cursor, limit }: ListQuery): PageChanges {
    const after = readCursor(cursor, 0);
    const [before, now] = [this.#part(from, after), this.#part(to, after)];
    const end = Math.min(before.end, now.end);
    const places = [...new Set([...before.versions.keys(), ...now.versions.keys()])]
      .filter((place) => place <= end && before.versions.get(place) !== now.versions.get(place))
      .sort((a, b) => a - b);
    const pages: PageChange[] = [];
    let sections = 0;
    for (const place of places.slice(0, limit)) {
      const change = this.#change(place, before.versions.get(place), now.versions.get(place));
      sections += (change.before?.sections.length ?? 0) + (change.after?.sections.length ?? 0);
      if (sections > MAX_SECTIONS && pages.length > 0) break;
      pages.push(change);
    }
    const last = pages.length < places.length ? places[pages.length - 1] : end;
    return { pages, next: last === undefined || last === Number.POSITIVE_INFINITY ? null : String(last) };
  }

  unseen(crawlId: string, { cursor, limit }: ListQuery): UnseenPages {
    const rows = this.#file
      .sql(`SELECT sp.place, u.url FROM crawl c JOIN site_page sp ON sp.site = c.site JOIN page p ON p.place = sp.place
        JOIN place u ON u.k = sp.place WHERE c.id = ?1 AND sp.place > ?2 AND p.gone_since IS NULL
          AND NOT EXISTS (SELECT 1 FROM crawl_page seen WHERE seen.crawl = c.k AND seen.place = sp.place)
        ORDER BY sp.place LIMIT ?3`)
      .all(crawlId, readCursor(cursor, 0), limit + 1) as Row[];
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      urls: shown.map((row) => text(row, 'url')),
      next: rows.length > limit && last !== undefined ? String(int(last, 'place')) : null,
    };
  }

  markRemoved(crawlId: string, urls: readonly string[], at: number): void {
    const find = this.#file.sql(`SELECT sp.place FROM crawl c JOIN site_page sp ON sp.site = c.site
      JOIN place u ON u.k = sp.place WHERE c.id = ? AND u.url = ?
        AND NOT EXISTS (SELECT 1 FROM crawl_page seen WHERE seen.crawl = c.k AND seen.place = sp.place)`);
    this.#file.transaction(() => {
      for (const url of urls) {
        const row = find.get(crawlId, url) as Row | undefined;
        if (row !== undefined) this.#writer.presence.remove(int(row, 'place'), at);
      }
    });
  }

  /** The next pages of a crawl by number of their place; `end` is the last of them, infinite if there are no more. */
  #part(
    crawlId: string,
    after: number,
  ): { readonly versions: ReadonlyMap<number, number>; readonly end: number } {
    const crawl = CrawlRow.find(this.#file, crawlId)?.k ?? -1;
    const rows = this.#file.sql(PART).all(crawl, after, MAX_COMPARED) as {
      place: number;
      version: number;
    }[];
    const end = rows.length < MAX_COMPARED ? Number.POSITIVE_INFINITY : (rows.at(-1)?.place ?? after);
    return { versions: new Map(rows.map(({ place, version }) => [place, version])), end };
  }

  #change(place: number, before: number | undefined, after: number | undefined): PageChange {
    const row = this.#file
      .sql('SELECT u.url, p.gone_since FROM place u JOIN page p ON p.place = u.k WHERE u.k = ?')
      .get(place) as Row;
    return {
      url: text(row, 'url'),
      before: before === undefined ? null : this.#versions.read(before),
      after: after === undefined ? null : this.#versions.read(after),
      removedSince: intOrNull(row, 'gone_since'),
    };
  }
}

function crawlHead(row: Row): CrawlHead {
  return {
    id: text(row, 'id'),
    site: text(row, 'site'),
    startedAt: int(row, 'started_at'),
    finishedAt: intOrNull(row, 'finished_at'),
    pages: int(row, 'pages'),
  };
}
