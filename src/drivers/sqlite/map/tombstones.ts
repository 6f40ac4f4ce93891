import { splitUrl } from '../../../core/url/canonical-url.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { intOrNull, type Row, text } from '../tables/rows.ts';
import type { NameIndex } from './name-index.ts';
import type { PageVersions } from './page-versions.ts';
import type { PastSections } from './past-sections.ts';
import type { SaidIndex } from './text-index.ts';

export interface TombstoneParts {
  readonly versions: PageVersions;
  readonly past: PastSections;
  readonly names: NameIndex;
  readonly said: SaidIndex;
}

/** Which pages are there and which are gone. A page that is gone has no sections and no names, so nothing leads over it. */
export class Tombstones {
  readonly #file: SqliteFile;
  readonly #parts: TombstoneParts;

  constructor(file: SqliteFile, parts: TombstoneParts) {
    this.#file = file;
    this.#parts = parts;
  }

  /** Makes a page be there again; answers the hash of the content that it shows, null if it shows none yet. */
  bringBack(place: number): string | null {
    const page = this.#page(place);
    if (page === undefined) return null;
    if (intOrNull(page, 'gone_since') === null) return text(page, 'content_hash');
    this.#file.sql('UPDATE page SET gone_since = NULL WHERE place = ?').run(place);
    this.#count(place, text(page, 'url'), 1);
    return null;
  }

  /** @param at epoch ms. A place without a page, or whose page is gone already, is left as it is. */
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
