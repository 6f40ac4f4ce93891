import type { PageHead } from '../../../../model/head.ts';
import type { GroupRow } from '../../../../model/layout-group.ts';
import type { PaginatedList, SamplingStrategy } from '../../../../model/paginated-list.ts';
import type { SiteOverview } from '../../../../model/site-overview.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { int, intOrNull, type Row, text, textOrNull } from '../rows.ts';

/** Boards and groups of one site that are told. */
const MOST = 100;

/** What is known of a site's boards and groups. */
export function readOverview(file: SqliteFile, site: number, boardPages: number): SiteOverview {
  const lists = file
    .sql('SELECT * FROM board WHERE site = ? ORDER BY coalesce(total, pages) DESC, pattern LIMIT ?')
    .all(site, MOST) as Row[];
  const groups = file
    .sql('SELECT * FROM layout_group WHERE site = ? ORDER BY pages DESC, pattern, fingerprint LIMIT ?')
    .all(site, MOST) as Row[];
  return {
    lists: lists.map((row) => boardRow(file, row, boardPages)),
    listCount: count(file, 'board', site),
    groups: groups.map((row) => groupRow(file, row)),
    groupCount: count(file, 'layout_group', site),
  };
}

function count(file: SqliteFile, table: 'board' | 'layout_group', site: number): number {
  return int(file.sql(`SELECT count(*) AS n FROM ${table} WHERE site = ?`).get(site) as Row, 'n');
}

function boardRow(file: SqliteFile, row: Row, boardPages: number): PaginatedList {
  const pages = file
    .sql(`SELECT b.page, u.url, p.title FROM board_page b JOIN place u ON u.k = b.place JOIN page p ON p.place = b.place
      WHERE b.board = ? ORDER BY b.ord LIMIT ?`)
    .all(int(row, 'k'), boardPages) as Row[];
  return {
    id: text(row, 'id'),
    pattern: text(row, 'pattern'),
    strategy: text(row, 'strategy') as SamplingStrategy,
    total: intOrNull(row, 'total'),
    checked: int(row, 'checked') === 1,
    repeats: int(row, 'repeats') === 1,
    pageCount: int(row, 'pages'),
    pages: pages.map((page) => ({ page: int(page, 'page'), ...headOf(page) })),
  };
}

function groupRow(file: SqliteFile, row: Row): GroupRow {
  const urls = JSON.parse(text(row, 'examples')) as readonly string[];
  const examples = urls.flatMap((url) => {
    const page = file
      .sql('SELECT u.url, p.title FROM place u JOIN page p ON p.place = u.k WHERE u.url = ?')
      .get(url) as Row | undefined;
    return page === undefined ? [] : [headOf(page)];
  });
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    pattern: text(row, 'pattern'),
    pages: int(row, 'pages'),
    summary: textOrNull(row, 'summary'),
    examples,
  };
}

function headOf(row: Row): PageHead {
  return { url: text(row, 'url'), title: text(row, 'title') };
}
