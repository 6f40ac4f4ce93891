import { readNumbersCursor } from '../../../../core/number-cursor.ts';
import type { InLink, InLinkList } from '../../../../model/link.ts';
import type { ListQuery } from '../../../../model/list-query.ts';
import { OWN_PAGE } from '../../schema.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, type Row, text } from '../rows.ts';
import { SECTION_HEAD, sectionHead } from './map-rows.ts';

/** Where a link to a page stands: the URL it names, its block, its place there, and the page and section that show it. */
const POSITION = ['target', 'block', 'link', 'place', 'ord'] as const;

/** The links that lead to a page. */
export class InLinks {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  read(url: string, query: ListQuery): InLinkList | null {
    const page = this.#file
      .sql(`SELECT u.k, u.url, p.title FROM place asked JOIN place u ON u.k = coalesce(asked.alias_of, asked.k)
        JOIN page p ON p.place = u.k WHERE asked.url = ?`)
      .get(url) as Row | undefined;
    if (page === undefined) return null;
    const rows = this.#rows(int(page, 'k'), query);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      page: { url: text(page, 'url'), title: text(page, 'title') },
      links: shown.map(inLink),
      next:
        rows.length > query.limit && last !== undefined
          ? POSITION.map((column) => int(last, column)).join('.')
          : null,
    };
  }

  /** In the order of an index, so that a page with a million links is read as fast as any. One more than asked for. */
  #rows(page: number, { cursor, limit }: ListQuery): Row[] {
    const after = readNumbersCursor(cursor, POSITION.length);
    const rows: Row[] = [];
    for (const target of this.#targets(page)) {
      if (target < (after[0] ?? 0) || rows.length > limit) continue;
      const [, block = -1, link = -1, place = -1, ord = -1] = target === after[0] ? after : [];
      const found = this.#file
        .sql(`SELECT l.target, l.block, l.ord AS link, s.place, ${SECTION_HEAD}, l.text, l.role, l.fragment, u.url, p.title
          FROM block_link l CROSS JOIN section s ON s.block = l.block CROSS JOIN place u ON u.k = s.place
          CROSS JOIN page p ON p.place = s.place
          WHERE l.target = ?1 AND l.target > ${OWN_PAGE} AND (l.block, l.ord) >= (?2, ?3)
            AND ((l.block, l.ord) > (?2, ?3) OR (s.place, s.ord) > (?4, ?5)) AND s.place <> ?6
          ORDER BY l.block, l.ord, s.place, s.ord LIMIT ?7`)
        .all(target, block, link, place, ord, page, limit + 1 - rows.length) as Row[];
      rows.push(...found);
    }
    return rows;
  }

  /** The page and the URLs that lead to it, in the order of their numbers. */
  #targets(page: number): number[] {
    const rows = this.#file
      .sql('SELECT ?1 AS k UNION ALL SELECT k FROM place WHERE alias_of = ?1 ORDER BY k')
      .all(page) as Row[];
    return rows.map((row) => int(row, 'k'));
  }
}

function inLink(row: Row): InLink {
  return {
    page: { url: text(row, 'url'), title: text(row, 'title') },
    section: sectionHead(row),
    text: text(row, 'text'),
    role: text(row, 'role'),
    fragment: text(row, 'fragment'),
  };
}
