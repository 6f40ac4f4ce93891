import { MAX_LOST_SECTIONS } from '../../../core/map/limits.ts';
import { splitUrl } from '../../../core/url/canonical-url.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { int, intOrNull, type Row, text } from '../tables/rows.ts';
import type { NameIndex, TextIndex } from './index-writer.ts';

/** The contents that pages have had, each once. What a page shows now stands in its sections until they are replaced. */
export class PageVersions {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** The number of this content of the page; a new content gets a new one. */
  number(place: number, hash: string, title: string): number {
    const stored = this.#file
      .sql('SELECT k FROM page_version WHERE place = ? AND hash = ?')
      .get(place, hash) as Row | undefined;
    if (stored !== undefined) return int(stored, 'k');
    const made = this.#file
      .sql('INSERT INTO page_version (place, hash, title) VALUES (?, ?, ?)')
      .run(place, hash, title);
    return Number(made.lastInsertRowid);
  }

  /** Stores what the page shows, path, type, heading and block of each section, before that is replaced or removed. */
  keep(place: number): void {
    this.#file
      .sql(`UPDATE page_version SET sections = (SELECT json_group_array(json_array(path, type, heading, block))
          FROM (SELECT * FROM section WHERE place = ?1 ORDER BY ord))
        WHERE k = (SELECT version FROM page WHERE place = ?1) AND sections IS NULL`)
      .run(place);
  }
}

/** Sections that pages have lost, by their structural path. */
export class PastSections {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** Takes the sections off a page, as they were when it was last seen. */
  takeFrom(place: number): void {
    this.#file
      .sql(`INSERT OR REPLACE INTO past_section (place, path, ord, id, type, heading, anchor, label, block, created_at, last_seen)
        SELECT s.place, s.path, s.ord, s.id, s.type, s.heading, s.anchor, s.label, s.block, s.created_at, p.fetched_at
        FROM section s JOIN page p ON p.place = s.place WHERE s.place = ?`)
      .run(place);
    this.#file.sql('DELETE FROM section WHERE place = ?').run(place);
  }

  /** When the page first had a section at each path that it has had. */
  firstSeen(place: number): ReadonlyMap<string, number> {
    const rows = this.#file.sql('SELECT path, created_at FROM past_section WHERE place = ?').all(place) as {
      path: string;
      created_at: number;
    }[];
    return new Map(rows.map(({ path, created_at }) => [path, created_at]));
  }

  /** Deletes sections that the page has again, and of the rest those past the bound. */
  prune(place: number): void {
    this.#file
      .sql(
        'DELETE FROM past_section WHERE place = ?1 AND path IN (SELECT path FROM section WHERE place = ?1)',
      )
      .run(place);
    this.#file
      .sql(`DELETE FROM past_section WHERE place = ?1 AND path IN
        (SELECT path FROM past_section WHERE place = ?1 ORDER BY last_seen DESC, ord LIMIT -1 OFFSET ${MAX_LOST_SECTIONS})`)
      .run(place);
  }
}

export interface TombstoneParts {
  readonly versions: PageVersions;
  readonly past: PastSections;
  readonly names: NameIndex;
  readonly said: TextIndex;
}

/** Removes pages and brings them back. A removed page has no sections and no names, so no route leads over it. */
export class Tombstones {
  readonly #file: SqliteFile;
  readonly #parts: TombstoneParts;

  constructor(file: SqliteFile, parts: TombstoneParts) {
    this.#file = file;
    this.#parts = parts;
  }

  /** Makes a removed page present; returns the hash of the content that the page shows, null if it shows none yet. */
  bringBack(place: number): string | null {
    const page = this.#page(place);
    if (page === undefined) return null;
    if (intOrNull(page, 'gone_since') === null) return text(page, 'content_hash');
    this.#file.sql('UPDATE page SET gone_since = NULL WHERE place = ?').run(place);
    this.#count(place, text(page, 'url'), 1);
    return null;
  }

  /** Leaves a URL without a page, or whose page is removed already, as it is. @param at epoch ms. */
  remove(place: number, at: number): void {
    const page = this.#page(place);
    if (page === undefined || intOrNull(page, 'gone_since') !== null) return;
    const { versions, past, names, said } = this.#parts;
    versions.keep(place);
    past.takeFrom(place);
    names.forgetPage(place);
    said.forgetPage(place);
    this.#file.sql('UPDATE page SET gone_since = ? WHERE place = ?').run(at, place);
    this.#count(place, text(page, 'url'), -1);
  }

  #page(place: number): Row | undefined {
    return this.#file
      .sql(
        'SELECT u.url, p.content_hash, p.gone_since FROM page p JOIN place u ON u.k = p.place WHERE p.place = ?',
      )
      .get(place) as Row | undefined;
  }

  #count(place: number, url: string, change: number): void {
    this.#file
      .sql(`UPDATE site_host SET pages = pages + ?1
        WHERE host = ?2 AND site IN (SELECT site FROM site_page WHERE place = ?3)`)
      .run(change, splitUrl(url).host, place);
  }
}
