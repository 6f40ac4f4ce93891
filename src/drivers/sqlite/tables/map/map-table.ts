import type { Matches, MatchQuery } from '../../../../model/question.ts';
import type { LinkPath, Located, PathsQuery } from '../../../../model/route.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, type Row, text, textOrNull } from '../rows.ts';
import { LookUps } from './look-up.ts';
import { Ways } from './paths.ts';

/** What can be asked of the map. */
export class MapTable {
  readonly #file: SqliteFile;
  readonly #lookUps: LookUps;
  readonly #ways: Ways;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#lookUps = new LookUps(file);
    this.#ways = new Ways(file);
  }

  locate(url: string): Located | null {
    const row = this.#file
      .sql(`SELECT u.k, u.url, p.title, p.language FROM place asked
        JOIN place u ON u.k = coalesce(asked.alias_of, asked.k) JOIN page p ON p.place = u.k WHERE asked.url = ?`)
      .get(url) as Row | undefined;
    if (row === undefined) return null;
    return {
      url: text(row, 'url'),
      title: text(row, 'title'),
      language: textOrNull(row, 'language'),
      sites: this.#sites(int(row, 'k')),
    };
  }

  match(query: MatchQuery): Matches {
    return this.#lookUps.find(query);
  }

  paths(query: PathsQuery): readonly LinkPath[] {
    return this.#ways.find(query);
  }

  #sites(place: number): readonly string[] {
    const rows = this.#file
      .sql(`SELECT s.url FROM site_page sp JOIN site s ON s.k = sp.site WHERE sp.place = ?
        ORDER BY (SELECT sum(h.pages) FROM site_host h WHERE h.site = s.k) DESC, s.k`)
      .all(place) as Row[];
    return rows.map((row) => text(row, 'url'));
  }
}
