import { derivedId } from '../../../core/derived-id.ts';
import { MAX_CACHED_URLS } from '../../../core/map/limits.ts';
import { linkCost, sectionCost } from '../../../core/map/step-cost.ts';
import type { PageWrite } from '../../../model/page.ts';
import type { ParsedLink, ParsedPage, ParsedSection } from '../../../model/parsed-page.ts';
import { OWN_PAGE } from '../schema.ts';
import { RowCache, type SqliteFile } from '../sqlite-file.ts';
import { int, intOrNull, type Row } from '../tables/rows.ts';
import type { NameIndex, TextIndex } from './index-writer.ts';

export interface SectionWriterParts {
  readonly places: Places;
  readonly names: NameIndex;
  readonly said: TextIndex;
}

/** Writes the sections of pages, and their contents as blocks, each once. */
export class SectionWriter {
  readonly #file: SqliteFile;
  readonly #parts: SectionWriterParts;

  constructor(file: SqliteFile, parts: SectionWriterParts) {
    this.#file = file;
    this.#parts = parts;
  }

  /** @param firstSeen epoch ms by path, of sections that the page has had before. */
  write(place: number, { url, fetchedAt, parsed }: PageWrite, firstSeen: ReadonlyMap<string, number>): void {
    const links = linksBySection(parsed);
    const insert =
      this.#file.sql(`INSERT INTO section (place, ord, id, path, type, parent, heading, anchor, label, block,
      toll, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    for (const section of parsed.sections) {
      const { order, path, type, parent, heading, anchor, label } = section;
      const own = links[order] ?? [];
      insert.run(
        place,
        order,
        derivedId(`${url} ${path}`),
        path,
        type,
        parent,
        heading,
        anchor,
        label,
        this.#block(url, section, own),
        sectionCost(type, path, own.length),
        firstSeen.get(path) ?? fetchedAt,
      );
    }
  }

  /** The block with this section's content; menus and footers that repeat share one. */
  #block(url: string, section: ParsedSection, links: readonly ParsedLink[]): number {
    const { places, names, said } = this.#parts;
    const stored = this.#file.sql('SELECT k FROM block WHERE hash = ?').get(section.hash) as Row | undefined;
    if (stored !== undefined) return int(stored, 'k');
    const made = this.#file
      .sql('INSERT INTO block (hash, text) VALUES (?, ?)')
      .run(section.hash, section.text);
    const block = Number(made.lastInsertRowid);
    said.writeBlock(block, section.text, section.hash);
    const insert =
      this.#file.sql(`INSERT INTO block_link (block, ord, target, fragment, text, role, rel, cost)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    links.forEach((link, order) => {
      const { fragment, text, role, rel } = link;
      const target = link.url === url ? OWN_PAGE : places.number(link.url);
      insert.run(block, order, target, fragment, text, role, rel.join(' '), linkCost(link));
      if (target !== OWN_PAGE) names.writeLink(block, target, link);
    });
    return block;
  }
}

function linksBySection(parsed: ParsedPage): ParsedLink[][] {
  const links: ParsedLink[][] = parsed.sections.map(() => []);
  for (const link of parsed.links) links[link.section]?.push(link);
  return links;
}

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
    const cached = this.#numbers.get(url);
    if (cached !== undefined) return cached;
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
