import type { MapFacts, PlacedSection } from '../../../../core/map/candidates.ts';
import { NAME, OWN_PAGE } from '../../schema.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, intOrNull, type Row, text, textOrNull } from '../rows.ts';
import { SECTION_HEAD, sectionHead } from './map-rows.ts';

/** Links to a page that are counted. */
const MAX_LINKS = 200;

/** What the map says of pages and blocks, read as it is asked for. */
export class SqliteMapFacts implements MapFacts<number> {
  readonly #file: SqliteFile;
  readonly #links = new Map<number, number>();

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  section(place: number, order: number): PlacedSection<number> | undefined {
    const row = this.#file
      .sql(`SELECT ${SECTION_HEAD}, s.parent, s.block FROM section s WHERE s.place = ? AND s.ord = ?`)
      .get(place, order) as Row | undefined;
    if (row === undefined) return undefined;
    const head = sectionHead(row);
    const block = int(row, 'block');
    return { head, block, parent: intOrNull(row, 'parent'), isTeaser: this.#hasLink(block, head.heading) };
  }

  anchored(place: number, fragment: string): number | null {
    const row = this.#file
      .sql('SELECT ord FROM section WHERE place = ? AND anchor = ? ORDER BY ord DESC LIMIT 1')
      .get(place, fragment) as Row | undefined;
    return row === undefined ? null : int(row, 'ord');
  }

  titles(place: number): readonly string[] {
    const rows = this.#file
      .sql(`SELECT text FROM name WHERE place = ? AND kind = ${NAME.title}`)
      .all(place) as Row[];
    return rows.map((row) => text(row, 'text'));
  }

  about(place: number) {
    const row = this.#file
      .sql(`SELECT u.url, p.title, p.description, p.language, p.depth FROM page p JOIN place u ON u.k = p.place
        WHERE p.place = ?`)
      .get(place) as Row;
    return {
      url: text(row, 'url'),
      title: text(row, 'title'),
      description: textOrNull(row, 'description'),
      language: textOrNull(row, 'language'),
      depth: int(row, 'depth'),
      linked: this.#linked(place),
    };
  }

  text(block: number): string {
    const row = this.#file.sql('SELECT text FROM block WHERE k = ?').get(block) as Row;
    return text(row, 'text');
  }

  blockSummary(block: number): string {
    const row = this.#file.sql('SELECT summary FROM block WHERE k = ?').get(block) as Row;
    return textOrNull(row, 'summary') ?? '';
  }

  pageSummary(place: number): string {
    const row = this.#file.sql('SELECT summary FROM page WHERE place = ?').get(place) as Row;
    return textOrNull(row, 'summary') ?? '';
  }

  /** Whether a block has a link to another page that is called like this. */
  #hasLink(block: number, heading: string | null): boolean {
    if (heading === null) return false;
    return (
      this.#file
        .sql(`SELECT 1 FROM block_link WHERE block = ? AND target > ${OWN_PAGE} AND text = ? LIMIT 1`)
        .get(block, heading) !== undefined
    );
  }

  #linked(place: number): number {
    const known = this.#links.get(place);
    if (known !== undefined) return known;
    const row = this.#file
      .sql(
        `SELECT count(*) AS links FROM (SELECT 1 FROM block_link WHERE target = ? AND target > ${OWN_PAGE} LIMIT ?)`,
      )
      .get(place, MAX_LINKS) as Row;
    const links = int(row, 'links');
    this.#links.set(place, links);
    return links;
  }
}
