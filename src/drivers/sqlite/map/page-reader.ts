import { splitUrl } from '../../../core/url/canonical-url.ts';
import type { PageHead, SectionHead } from '../../../model/head.ts';
import type { InLink } from '../../../model/link.ts';
import type { StoredPage } from '../../../model/page.ts';
import type { StoredSection } from '../../../model/section.ts';
import type { StoredSite, SubRoot } from '../../../model/site.ts';
import type {
  InLinkRow,
  Key,
  LinkPosition,
  LinkRow,
  PageReader,
  PageRow,
  PageSelection,
  SectionRow,
  SitePageRow,
  SiteRow,
} from '../../../ports/map-reader.ts';
import { OWN_PAGE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';

/** Columns of a page `p` under its URL `u`. */
export const PAGE_COLUMNS = `p.place AS key, u.url, p.title, p.description, p.language, p.depth, p.status, p.via,
  p.content_hash AS contentHash, p.first_seen AS firstSeen, p.fetched_at AS fetchedAt, p.gone_since AS removedSince,
  p.sections, p.links, p.summary`;
/** From the URL that is looked for to the page that it leads to. */
const LED_TO = `place wanted JOIN place u ON u.k = coalesce(wanted.alias_of, wanted.k) JOIN page p ON p.place = u.k`;
const HEAD_COLUMNS = 's.id, s.ord AS "order", s.path, s.type, s.heading, s.anchor, s.label';
const SECTION_COLUMNS = `${HEAD_COLUMNS}, s.created_at AS firstSeen, b.summary, substr(b.text, 1, ?2) AS text`;

export type KeyedPage = StoredPage & { readonly key: Key };

/** Reads sites, pages, sections and links. */
export class SqlitePageReader implements PageReader {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async sites(url: string): Promise<readonly SiteRow[]> {
    const rows = this.#file.rows<Omit<StoredSite, 'host' | 'title'> & { key: Key; title: string | null }>(
      `SELECT s.k AS key, s.id, s.url, s.summary,
        (SELECT coalesce(sum(h.pages), 0) FROM site_host h WHERE h.site = s.k) AS pages,
        (SELECT p.title FROM ${LED_TO} WHERE wanted.url = s.url) AS title
      FROM place own JOIN site_page sp ON sp.place = coalesce(own.alias_of, own.k) JOIN site s ON s.k = sp.site
      WHERE own.url = ?`,
      url,
    );
    return rows.map((row) => {
      const { host } = splitUrl(row.url);
      return { ...row, host, title: row.title ?? host };
    });
  }

  async at(urls: readonly string[]): Promise<ReadonlyMap<string, PageRow>> {
    const found = new Map<string, PageRow>();
    for (const url of urls) {
      const row = this.#file.row<KeyedPage>(
        `SELECT ${PAGE_COLUMNS} FROM ${LED_TO} WHERE wanted.url = ?`,
        url,
      );
      if (row !== undefined) found.set(url, pageRow(row));
    }
    return found;
  }

  async byDepth(
    site: Key,
    after: { readonly depth: number; readonly key: Key },
    limit: number,
    selection: PageSelection,
  ): Promise<readonly SitePageRow[]> {
    const selected =
      selection === 'present'
        ? 'p.gone_since IS NULL'
        : '(p.gone_since IS NOT NULL OR EXISTS (SELECT 1 FROM past_section lost WHERE lost.place = p.place))';
    const rows = this.#file.rows<KeyedPage & { siteDepth: number }>(
      `SELECT sp.depth AS siteDepth, ${PAGE_COLUMNS} FROM site_page sp JOIN page p ON p.place = sp.place
      JOIN place u ON u.k = sp.place WHERE sp.site = ? AND (sp.depth, sp.place) > (?, ?) AND ${selected}
      ORDER BY sp.depth, sp.place LIMIT ?`,
      ...[site, after.depth, after.key, limit],
    );
    return rows.map(({ siteDepth, ...row }) => ({ ...pageRow(row), depth: siteDepth }));
  }

  async byKey(site: Key, after: Key, limit: number): Promise<readonly PageRow[]> {
    const rows = this.#file.rows<KeyedPage>(
      `SELECT ${PAGE_COLUMNS} FROM site_page sp JOIN page p ON p.place = sp.place JOIN place u ON u.k = sp.place
      WHERE sp.site = ? AND sp.place > ? AND p.gone_since IS NULL ORDER BY sp.place LIMIT ?`,
      ...[site, after, limit],
    );
    return rows.map(pageRow);
  }

  async subRoots(site: Key, limit: number): Promise<readonly SubRoot[]> {
    const { url = '' } = this.#file.row<{ url: string }>('SELECT url FROM site WHERE k = ?', site) ?? {};
    return this.#file.rows<SubRoot>(
      `SELECT h.host, h.pages, u.url, p.title FROM site_host h JOIN place u ON u.k = h.first_place
      JOIN page p ON p.place = u.k WHERE h.site = ? AND h.host <> ? AND h.pages > 0
      ORDER BY h.pages DESC, h.host LIMIT ?`,
      ...[site, splitUrl(url).host, limit],
    );
  }

  async sections(pages: readonly Key[], characters: number, limit: number): Promise<readonly SectionRow[]> {
    return this.#sections(
      `SELECT ${SECTION_COLUMNS}, p.fetched_at AS lastSeen FROM section s JOIN block b ON b.k = s.block
      JOIN page p ON p.place = s.place WHERE s.place = ?1 ORDER BY s.ord LIMIT ?3`,
      pages,
      [characters, limit],
    );
  }

  async pastSections(pages: readonly Key[], characters: number): Promise<readonly SectionRow[]> {
    return this.#sections(
      `SELECT ${SECTION_COLUMNS}, s.last_seen AS lastSeen FROM past_section s JOIN block b ON b.k = s.block
      WHERE s.place = ?1 ORDER BY s.ord, s.path`,
      pages,
      [characters],
    );
  }

  async links(pages: readonly Key[]): Promise<readonly LinkRow[]> {
    return pages.flatMap((page) =>
      this.#file
        .rows<LinkRow['link']>(
          `SELECT coalesce(t.url, u.url) AS url, l.fragment, l.text, l.role, s.ord AS section FROM section s
          JOIN block_link l ON l.block = s.block
          JOIN place u ON u.k = CASE l.target WHEN ${OWN_PAGE} THEN s.place ELSE l.target END
          LEFT JOIN place t ON t.k = u.alias_of WHERE s.place = ? ORDER BY s.ord, l.ord`,
          page,
        )
        .map((link) => ({ page, link })),
    );
  }

  async targets(page: Key): Promise<readonly Key[]> {
    return this.#file
      .rows<{ key: Key }>(
        'SELECT ?1 AS key UNION ALL SELECT k FROM place WHERE alias_of = ?1 ORDER BY key',
        page,
      )
      .map(({ key }) => key);
  }

  /** In the order of an index, so that a page with a million links is read as fast as any. */
  async inLinks(target: Key, page: Key, after: LinkPosition, limit: number): Promise<readonly InLinkRow[]> {
    const [, block, link, from, section] = after;
    const rows = this.#file.rows<SectionHead & PageHead & InLinkColumns>(
      `SELECT l.block, l.ord AS link, s.place AS "from", ${HEAD_COLUMNS}, l.text, l.role, l.fragment, u.url, p.title
      FROM block_link l CROSS JOIN section s ON s.block = l.block CROSS JOIN place u ON u.k = s.place
      CROSS JOIN page p ON p.place = s.place
      WHERE l.target = ?1 AND l.target > ${OWN_PAGE} AND (l.block, l.ord) >= (?2, ?3)
        AND ((l.block, l.ord) > (?2, ?3) OR (s.place, s.ord) > (?4, ?5)) AND s.place <> ?6
      ORDER BY l.block, l.ord, s.place, s.ord LIMIT ?7`,
      ...[target, block, link, from, section, page, limit],
    );
    return rows.map(({ block, link, from, text, role, fragment, url, title, ...head }) => ({
      position: [target, block, link, from, head.order],
      link: { page: { url, title }, section: head, text, role, fragment },
    }));
  }

  #sections(sql: string, pages: readonly Key[], bounds: readonly number[]): readonly SectionRow[] {
    return pages.flatMap((page) =>
      this.#file.rows<StoredSection>(sql, page, ...bounds).map((section) => ({ page, section })),
    );
  }
}

interface InLinkColumns extends Pick<InLink, 'text' | 'role' | 'fragment'> {
  readonly block: Key;
  readonly link: number;
  readonly from: Key;
}

export function pageRow({ key, ...page }: KeyedPage): PageRow {
  return { key, page };
}
