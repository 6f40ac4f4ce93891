import type { Arrangement } from '../../../../ports/board-store.ts';
import type {
  InLinkList,
  Located,
  LookUp,
  LookUpQuery,
  PageQuery,
  Structure,
  StructureQuery,
  Way,
  WaysQuery,
} from '../../../../ports/graph-store.ts';
import type { ExportQuery, SitePages } from '../../../../ports/site-export.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, type Row, text, textOrNull } from '../rows.ts';
import { InLinks } from './in-links.ts';
import { LookUps } from './look-up.ts';
import { Outline } from './outline.ts';
import { Ways } from './ways.ts';

/** What can be asked of the map. */
export class MapTable {
  readonly #file: SqliteFile;
  readonly #lookUps: LookUps;
  readonly #ways: Ways;
  readonly #outline: Outline;
  readonly #inLinks: InLinks;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#lookUps = new LookUps(file);
    this.#ways = new Ways(file);
    this.#outline = new Outline(file);
    this.#inLinks = new InLinks(file);
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

  lookUp(query: LookUpQuery): LookUp {
    return this.#lookUps.find(query);
  }

  ways(query: WaysQuery): readonly Way[] {
    return this.#ways.find(query);
  }

  structure(url: string, query: StructureQuery): Structure | null {
    return this.#outline.read(url, query);
  }

  arrangement(url: string, boardPages: number): Arrangement | null {
    return this.#outline.arrangement(url, boardPages);
  }

  sitePages(url: string, query: ExportQuery): SitePages | null {
    return this.#outline.sitePages(url, query);
  }

  inLinks(url: string, query: PageQuery): InLinkList | null {
    return this.#inLinks.read(url, query);
  }

  #sites(place: number): readonly string[] {
    const rows = this.#file
      .sql(`SELECT s.url FROM site_page sp JOIN site s ON s.k = sp.site WHERE sp.place = ?
        ORDER BY (SELECT sum(h.pages) FROM site_host h WHERE h.site = s.k) DESC, s.k`)
      .all(place) as Row[];
    return rows.map((row) => text(row, 'url'));
  }
}
