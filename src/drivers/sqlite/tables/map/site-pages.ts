import { readCursor } from '../../../../core/number-cursor.ts';
import type { ListQuery } from '../../../../model/list-query.ts';
import type { PageDetail } from '../../../../model/page.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { PageDetails } from '../page-details.ts';
import { int, type Row } from '../rows.ts';

/** Characters and links of an answer after which it takes no further pages. */
const MAX_WEIGHT = 2_000_000;
/** What a link weighs. */
const LINK_WEIGHT = 100;

/** The pages of a site, whole, in the order in which their URLs came to be known. */
export class SitePageReader {
  readonly #file: SqliteFile;
  readonly #details: PageDetails;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#details = new PageDetails(file);
  }

  read(
    site: number,
    { cursor, limit }: ListQuery,
  ): { readonly pages: PageDetail[]; readonly next: string | null } {
    const rows = this.#file
      .sql(`SELECT u.url, p.* FROM site_page sp JOIN page p ON p.place = sp.place JOIN place u ON u.k = sp.place
        WHERE sp.site = ? AND sp.place > ? AND p.gone_since IS NULL ORDER BY sp.place LIMIT ?`)
      .all(site, readCursor(cursor, 0), limit + 1) as Row[];
    const pages: PageDetail[] = [];
    let weight = 0;
    for (const row of rows.slice(0, limit)) {
      const page = this.#details.read(row);
      weight += weightOf(page);
      if (weight > MAX_WEIGHT && pages.length > 0) break;
      pages.push(page);
    }
    const last = rows[pages.length - 1];
    const isEnd = pages.length === rows.length || last === undefined;
    return { pages, next: isEnd ? null : String(int(last, 'place')) };
  }
}

function weightOf({ sectionRows, linkRows }: PageDetail): number {
  return sectionRows.reduce((sum, { text }) => sum + text.length, linkRows.length * LINK_WEIGHT);
}
