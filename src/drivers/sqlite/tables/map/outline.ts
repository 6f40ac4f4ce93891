import { readNumbersCursor } from '../../../../core/number-cursor.ts';
import { splitUrl } from '../../../../core/url/canonical-url.ts';
import type { ListQuery } from '../../../../model/list-query.ts';
import type { StoredSection } from '../../../../model/section.ts';
import type {
  OutlinedPage,
  SitePages,
  SiteStructure,
  StoredSite,
  StructureQuery,
  SubRoot,
} from '../../../../model/site.ts';
import type { SiteOverview } from '../../../../model/site-overview.ts';
import { PastSections } from '../../map/past-sections.ts';
import type { SqliteFile } from '../../sqlite-file.ts';
import { pageRow, sectionRow } from '../page-rows.ts';
import { int, intOrNull, type Row, text, textOrNull } from '../rows.ts';
import { readOverview } from './overview.ts';
import { SitePageReader } from './site-pages.ts';

/** Which pages are shown. */
const THERE = 'p.gone_since IS NULL';
const GONE =
  '(p.gone_since IS NOT NULL OR EXISTS (SELECT 1 FROM past_section lost WHERE lost.place = p.place))';

const MAX_SUB_ROOTS = 100;
const MAX_SECTIONS = 300;
/** Characters of an answer after which it takes no further pages. */
const MAX_CHARACTERS = 1_000_000;
/** What a section weighs beside its texts. */
const SECTION_CHARACTERS = 150;

/** The outline of a site: its root, its other hosts, and its pages by depth with their sections. */
export class Outline {
  readonly #file: SqliteFile;
  readonly #past: PastSections;
  readonly #whole: SitePageReader;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#past = new PastSections(file);
    this.#whole = new SitePageReader(file);
  }

  read(url: string, query: StructureQuery): SiteStructure | null {
    const row = this.#site(url);
    if (row === undefined) return null;
    const k = int(row, 'k');
    const site = this.#siteRow(k, row);
    return { site, subRoots: this.#subRoots(k, site.host), ...this.#pages(k, query) };
  }

  sitePages(url: string, query: ListQuery): SitePages | null {
    const row = this.#site(url);
    if (row === undefined) return null;
    const k = int(row, 'k');
    return { site: this.#siteRow(k, row), ...this.#whole.read(k, query) };
  }

  siteOverview(url: string, boardPages: number): SiteOverview | null {
    const row = this.#site(url);
    return row === undefined ? null : readOverview(this.#file, int(row, 'k'), boardPages);
  }

  /** The site with this root, else the largest one with this page. */
  #site(url: string): Row | undefined {
    return this.#file
      .sql(`SELECT s.k, s.id, s.url, s.summary FROM place asked JOIN site_page sp ON sp.place = coalesce(asked.alias_of, asked.k)
        JOIN site s ON s.k = sp.site WHERE asked.url = ?1
        ORDER BY s.url = ?1 DESC, (SELECT sum(h.pages) FROM site_host h WHERE h.site = s.k) DESC, s.k LIMIT 1`)
      .get(url) as Row | undefined;
  }

  #siteRow(site: number, row: Row): StoredSite {
    const url = text(row, 'url');
    const root = this.#file
      .sql(`SELECT p.title FROM place asked JOIN page p ON p.place = coalesce(asked.alias_of, asked.k)
        WHERE asked.url = ?`)
      .get(url) as Row | undefined;
    const { pages } = this.#file
      .sql('SELECT coalesce(sum(pages), 0) AS pages FROM site_host WHERE site = ?')
      .get(site) as { pages: number };
    const { host } = splitUrl(url);
    const title = root === undefined ? host : text(root, 'title');
    return { id: text(row, 'id'), url, host, title, pages, summary: textOrNull(row, 'summary') };
  }

  #subRoots(site: number, rootHost: string): readonly SubRoot[] {
    const rows = this.#file
      .sql(`SELECT h.host, h.pages, u.url, p.title FROM site_host h JOIN place u ON u.k = h.first_place
        JOIN page p ON p.place = u.k WHERE h.site = ? AND h.host <> ? AND h.pages > 0 ORDER BY h.pages DESC, h.host LIMIT ?`)
      .all(site, rootHost, MAX_SUB_ROOTS) as Row[];
    return rows.map((row) => ({
      host: text(row, 'host'),
      url: text(row, 'url'),
      title: text(row, 'title'),
      pages: int(row, 'pages'),
    }));
  }

  #pages(site: number, query: StructureQuery): Pick<SiteStructure, 'pages' | 'next'> {
    const [depth = -1, place = -1] = readNumbersCursor(query.cursor, 2);
    const rows = this.#file
      .sql(`SELECT sp.depth AS at_depth, u.url, p.* FROM site_page sp JOIN page p ON p.place = sp.place
        JOIN place u ON u.k = sp.place WHERE sp.site = ? AND (sp.depth, sp.place) > (?, ?) AND ${query.gone ? GONE : THERE}
        ORDER BY sp.depth, sp.place LIMIT ?`)
      .all(site, depth, place, query.limit + 1) as Row[];
    const pages: OutlinedPage[] = [];
    let characters = 0;
    for (const row of rows.slice(0, query.limit)) {
      const page = this.#page(row, query);
      characters += charactersOf(page);
      if (characters > MAX_CHARACTERS && pages.length > 0) break;
      pages.push(page);
    }
    const last = rows[pages.length - 1];
    const isEnd = pages.length === rows.length || last === undefined;
    return { pages, next: isEnd ? null : `${int(last, 'at_depth')}.${int(last, 'place')}` };
  }

  #page(row: Row, { preview, gone }: StructureQuery): OutlinedPage {
    const sectionRows = gone ? this.#lost(row, preview) : this.#sections(row, preview);
    return { ...pageRow(row), depth: int(row, 'at_depth'), sectionRows };
  }

  #sections(row: Row, preview: number): readonly StoredSection[] {
    const sections = this.#file
      .sql(`SELECT s.id, s.ord, s.path, s.type, s.heading, s.anchor, s.label, s.created_at, ?1 AS last_seen,
          substr(b.text, 1, ?2) AS text, b.summary
        FROM section s JOIN block b ON b.k = s.block WHERE s.place = ?3 ORDER BY s.ord LIMIT ?4`)
      .all(int(row, 'fetched_at'), preview, int(row, 'place'), MAX_SECTIONS) as Row[];
    return sections.map(sectionRow);
  }

  #lost(row: Row, preview: number): readonly StoredSection[] {
    const place = int(row, 'place');
    const isRemoved = intOrNull(row, 'gone_since') !== null;
    const lost = isRemoved ? this.#past.readLast(place, preview) : this.#past.read(place, preview);
    return lost.slice(0, MAX_SECTIONS);
  }
}

function charactersOf({ sectionRows }: OutlinedPage): number {
  return sectionRows.reduce(
    (sum, { text: preview, summary }) => sum + preview.length + (summary?.length ?? 0) + SECTION_CHARACTERS,
    0,
  );
}
