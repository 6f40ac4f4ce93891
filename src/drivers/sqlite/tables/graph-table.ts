import { createHash } from 'node:crypto';
import { linkCost, sectionToll } from '../../../core/map/step-cost.ts';
import { splitUrl } from '../../../core/url/url-parts.ts';
import type {
  AliasWrite,
  GraphCounts,
  LinkRow,
  PageDetail,
  PageList,
  PageQuery,
  PageWrite,
  SectionRow,
  SiteWrite,
} from '../../../ports/graph-store.ts';
import type { ParsedLink, ParsedPage, ParsedSection } from '../../../ports/parse-pool.ts';
import { OWN_PAGE } from '../schema.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { setClickDepths } from './click-depths.ts';
import { CrawlRow } from './crawl-row.ts';
import { readCursor } from './cursor.ts';
import { NameIndex } from './map/name-index.ts';
import { SaidIndex } from './map/said-index.ts';
import { pageRow, sectionRow } from './page-rows.ts';
import { int, type Row, text } from './rows.ts';

/** The map: places (URLs), pages, sections, and blocks, which hold what repeats over pages once. */
export class GraphTable {
  readonly #file: SqliteFile;
  readonly #names: NameIndex;
  readonly #said: SaidIndex;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#names = new NameIndex(file);
    this.#said = new SaidIndex(file);
  }

  openSite({ url, crawlId, at }: SiteWrite): string {
    return this.#file.transaction(() => {
      const id = derivedId(url);
      this.#file
        .sql('INSERT INTO site (id, url, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
        .run(id, url, at);
      const site = this.#file.sql('SELECT k FROM site WHERE id = ?').get(id) as Row;
      this.#file
        .sql(`INSERT INTO crawl (id, site, started_at) VALUES (?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET site = excluded.site, started_at = coalesce(started_at, excluded.started_at)`)
        .run(crawlId, int(site, 'k'), at);
      return id;
    });
  }

  save(crawlId: string, pages: readonly PageWrite[], aliases: readonly AliasWrite[]): void {
    this.#file.transaction(() => {
      const { crawl, site } = this.#crawl(crawlId);
      for (const page of pages) this.#savePage(crawl, site, page);
      for (const alias of aliases) this.#saveAlias(alias);
    });
  }

  finish(crawlId: string): void {
    this.#file.transaction(() => {
      const { crawl, site } = this.#crawl(crawlId);
      setClickDepths(this.#file, crawl, site);
    });
  }

  counts(crawlId: string): GraphCounts {
    const crawl = CrawlRow.find(this.#file, crawlId);
    const row = this.#file
      .sql(`SELECT count(*) AS pages, coalesce(sum(p.sections), 0) AS sections, coalesce(sum(p.links), 0) AS links
        FROM crawl_page c JOIN page p ON p.place = c.place WHERE c.crawl = ?`)
      .get(crawl?.k ?? -1) as Row;
    const pages = int(row, 'pages');
    const sections = int(row, 'sections');
    return { pages, sections, links: int(row, 'links'), nodes: pages === 0 ? 0 : 1 + pages + sections };
  }

  pages(crawlId: string, { cursor, limit }: PageQuery): PageList {
    const crawl = CrawlRow.find(this.#file, crawlId);
    const rows = this.#file
      .sql(`SELECT c.n, u.url, p.* FROM crawl_page c JOIN page p ON p.place = c.place JOIN place u ON u.k = c.place
        WHERE c.crawl = ? AND c.n > ? ORDER BY c.n LIMIT ?`)
      .all(crawl?.k ?? -1, readCursor(cursor, 0), limit) as Row[];
    const last = rows.at(-1);
    return {
      pages: rows.map(pageRow),
      next: rows.length === limit && last !== undefined ? String(int(last, 'n')) : null,
    };
  }

  page(url: string): PageDetail | null {
    const row = this.#file
      .sql(`SELECT u.url, p.* FROM place asked JOIN place u ON u.k = coalesce(asked.alias_of, asked.k)
        JOIN page p ON p.place = u.k WHERE asked.url = ?`)
      .get(url) as Row | undefined;
    if (row === undefined) return null;
    const place = int(row, 'place');
    return { ...pageRow(row), sectionRows: this.#sections(place), linkRows: this.#links(place) };
  }

  #crawl(crawlId: string): { readonly crawl: number; readonly site: number } {
    const row = this.#file.sql('SELECT k, site FROM crawl WHERE id = ?').get(crawlId) as Row | undefined;
    if (row === undefined) throw new Error(`the site of crawl ${crawlId} was not opened`);
    return { crawl: int(row, 'k'), site: int(row, 'site') };
  }

  #savePage(crawl: number, site: number, page: PageWrite): void {
    const place = this.#place(page.url);
    this.#file.sql('UPDATE place SET alias_of = NULL WHERE k = ?').run(place);
    const known = this.#contentHash(place);
    const depth = Math.min(page.depth, this.#depthSoFar(crawl, place));
    this.#writePage(place, { ...page, depth });
    this.#writeMembership(site, place, page.url, depth);
    if (known !== page.parsed.contentHash) {
      this.#writeSections(place, page);
      this.#names.writePage(place, page.parsed, known !== null);
      this.#said.writePage(place, page.parsed, known !== null);
    }
    this.#file
      .sql('INSERT INTO crawl_page (crawl, place) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(crawl, place);
  }

  #saveAlias({ url, target }: AliasWrite): void {
    if (url === target) return;
    this.#file.sql('UPDATE place SET alias_of = ? WHERE k = ?').run(this.#place(target), this.#place(url));
  }

  #contentHash(place: number): string | null {
    const row = this.#file.sql('SELECT content_hash FROM page WHERE place = ?').get(place) as Row | undefined;
    return row === undefined ? null : text(row, 'content_hash');
  }

  /** Clicks to the page as this crawl knows them: a redirect may lead to it by a longer way later on. */
  #depthSoFar(crawl: number, place: number): number {
    const row = this.#file
      .sql(
        'SELECT p.depth FROM crawl_page c JOIN page p ON p.place = c.place WHERE c.crawl = ? AND c.place = ?',
      )
      .get(crawl, place) as Row | undefined;
    return row === undefined ? Number.POSITIVE_INFINITY : int(row, 'depth');
  }

  #writeMembership(site: number, place: number, url: string, depth: number): void {
    const { changes } = this.#file
      .sql('INSERT INTO site_page (place, site, depth) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(place, site, depth);
    if (changes === 0) {
      this.#file
        .sql('UPDATE site_page SET depth = ? WHERE place = ? AND site = ? AND depth <> ?')
        .run(depth, place, site, depth);
      return;
    }
    this.#file
      .sql(`INSERT INTO site_host (site, host, pages, first_place) VALUES (?, ?, 1, ?)
        ON CONFLICT DO UPDATE SET pages = pages + 1`)
      .run(site, splitUrl(url).host, place);
  }

  #writePage(place: number, page: PageWrite): void {
    const { parsed } = page;
    this.#file
      .sql(`INSERT INTO page (place, title, description, language, charset, depth, status, via, content_hash,
          fetched_at, text_length, sections, links, headings, actions, forms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (place) DO UPDATE SET title = excluded.title, description = excluded.description,
          language = excluded.language, charset = excluded.charset, depth = excluded.depth, status = excluded.status,
          via = excluded.via, content_hash = excluded.content_hash, fetched_at = excluded.fetched_at,
          text_length = excluded.text_length, sections = excluded.sections, links = excluded.links,
          headings = excluded.headings, actions = excluded.actions, forms = excluded.forms,
          summary = CASE WHEN content_hash = excluded.content_hash THEN summary ELSE NULL END`)
      .run(
        place,
        parsed.title,
        parsed.description,
        parsed.language,
        parsed.charset,
        page.depth,
        page.status,
        page.via,
        parsed.contentHash,
        page.fetchedAt,
        parsed.textLength,
        parsed.sections.length,
        parsed.links.length,
        JSON.stringify(parsed.headings),
        JSON.stringify(parsed.actions),
        JSON.stringify(parsed.forms),
      );
  }

  #writeSections(place: number, { url, fetchedAt, parsed }: PageWrite): void {
    const links = linksBySection(parsed);
    this.#file.sql('DELETE FROM section WHERE place = ?').run(place);
    const insert =
      this.#file.sql(`INSERT INTO section (place, ord, id, path, type, parent, heading, anchor, label, block,
      toll, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    for (const section of parsed.sections) {
      const { order, path, type, parent, heading, anchor, label } = section;
      const own = links[order] ?? [];
      const block = this.#block(url, section, own);
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
        block,
        sectionToll(type, path, own.length),
        fetchedAt,
      );
    }
  }

  /** The block with this section's content; menus and footers that repeat share one. */
  #block(url: string, section: ParsedSection, links: readonly ParsedLink[]): number {
    const known = this.#file.sql('SELECT k FROM block WHERE hash = ?').get(section.hash) as Row | undefined;
    if (known !== undefined) return int(known, 'k');
    const made = this.#file
      .sql('INSERT INTO block (hash, text) VALUES (?, ?)')
      .run(section.hash, section.text);
    const block = Number(made.lastInsertRowid);
    this.#said.writeBlock(block, section.text);
    const insert =
      this.#file.sql(`INSERT INTO block_link (block, ord, target, fragment, text, role, rel, cost)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    links.forEach((link, order) => {
      const { fragment, text, role, rel } = link;
      const target = link.url === url ? OWN_PAGE : this.#place(link.url);
      insert.run(block, order, target, fragment, text, role, rel.join(' '), linkCost(link));
      if (target !== OWN_PAGE) this.#names.writeLink(block, target, link);
    });
    return block;
  }

  #place(url: string): number {
    const known = this.#file.sql('SELECT k FROM place WHERE url = ?').get(url) as Row | undefined;
    if (known !== undefined) return int(known, 'k');
    return Number(this.#file.sql('INSERT INTO place (url) VALUES (?)').run(url).lastInsertRowid);
  }

  #sections(place: number): readonly SectionRow[] {
    const rows = this.#file
      .sql(
        'SELECT s.*, b.text, b.summary FROM section s JOIN block b ON b.k = s.block WHERE s.place = ? ORDER BY s.ord',
      )
      .all(place) as Row[];
    return rows.map(sectionRow);
  }

  #links(place: number): readonly LinkRow[] {
    const rows = this.#file
      .sql(`SELECT coalesce(t.url, u.url) AS url, l.fragment, l.text, l.role, s.ord FROM section s
        JOIN block_link l ON l.block = s.block JOIN place u ON u.k = CASE l.target WHEN ${OWN_PAGE} THEN s.place ELSE l.target END LEFT JOIN place t ON t.k = u.alias_of
        WHERE s.place = ? ORDER BY s.ord, l.ord`)
      .all(place) as Row[];
    return rows.map((row) => ({
      url: text(row, 'url'),
      fragment: text(row, 'fragment'),
      text: text(row, 'text'),
      role: text(row, 'role'),
      section: int(row, 'ord'),
    }));
  }
}

/** Ids are hashes, so that the same thing has the same id in every crawl. 128 bits of SHA-256, in hex. */
function derivedId(of: string): string {
  return createHash('sha256').update(of).digest('hex').slice(0, 32);
}

function linksBySection(parsed: ParsedPage): ParsedLink[][] {
  const links: ParsedLink[][] = parsed.sections.map(() => []);
  for (const link of parsed.links) links[link.section]?.push(link);
  return links;
}
