import { MAX_CACHED_URLS } from '../../../core/map/limits.ts';
import { RowCache, type SqliteFile } from '../sqlite-file.ts';
import { int, intOrNull, type Row } from '../tables/rows.ts';

/** The URLs of the map by number. A URL that leads to another one's page is its alias; an alias never leads to an alias. */
export class Places {
  readonly #file: SqliteFile;
  readonly #numbers: RowCache<number>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#numbers = new RowCache(file, MAX_CACHED_URLS);
  }

  /** The number of the URL; a new URL gets a new one. */
  number(url: string): number {
    const known = this.#numbers.get(url);
    if (known !== undefined) return known;
    const number = this.#find(url) ?? this.#add(url);
    this.#numbers.set(url, number);
    return number;
  }

  /** The URL has a page of its own from now on. */
  makeOwn(place: number): void {
    this.#file.sql('UPDATE place SET alias_of = NULL WHERE k = ? AND alias_of IS NOT NULL').run(place);
  }

  /**
   * One URL leads to the other from now on, and so does what led to it. If the other one led to the first, it no longer
   * does: the newer word counts.
   */
  makeAlias(place: number, target: number): void {
    const aim = this.#end(target);
    const end = aim === place ? target : aim;
    this.makeOwn(end);
    this.#file.sql('UPDATE place SET alias_of = ? WHERE k = ?').run(end, place);
    this.#file.sql('UPDATE place SET alias_of = ? WHERE alias_of = ? AND k <> ?').run(end, place, end);
  }

  #find(url: string): number | null {
    const row = this.#file.sql('SELECT k FROM place WHERE url = ?').get(url) as Row | undefined;
    return row === undefined ? null : int(row, 'k');
  }

  #add(url: string): number {
    return Number(this.#file.sql('INSERT INTO place (url) VALUES (?)').run(url).lastInsertRowid);
  }

  #end(place: number): number {
    const row = this.#file.sql('SELECT alias_of FROM place WHERE k = ?').get(place) as Row;
    return intOrNull(row, 'alias_of') ?? place;
  }
}
