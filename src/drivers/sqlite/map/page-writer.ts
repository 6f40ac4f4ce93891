import { urlTemplate } from '../../../core/groups/layout-key.ts';
import { listPositionOf } from '../../../core/pagination/paginated-list.ts';
import { splitUrl } from '../../../core/url/canonical-url.ts';
import type { AliasWrite, PageWrite } from '../../../model/page.ts';
import type { ListPosition } from '../../../model/paginated-list.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { int, type Row } from '../tables/rows.ts';
import { NameIndex, TextIndex } from './index-writer.ts';
import { PageVersions, PastSections, Tombstones } from './page-history.ts';
import { Places, SectionWriter } from './section-writer.ts';

/** A crawl and its site, by number. */
export interface CrawlOfSite {
  readonly crawl: number;
  readonly site: number;
}

/** Writes pages and aliases. Its methods run in the caller's transaction. */
export class PageWriter {
  readonly tombstones: Tombstones;
  readonly #file: SqliteFile;
  readonly #places: Places;
  readonly #versions: PageVersions;
  readonly #past: PastSections;
  readonly #sections: SectionWriter;
  readonly #names: NameIndex;
  readonly #said: TextIndex;

  constructor(file: SqliteFile) {
    const [names, said, places] = [new NameIndex(file), new TextIndex(file), new Places(file)];
    this.#file = file;
    this.#names = names;
    this.#said = said;
    this.#places = places;
    this.#versions = new PageVersions(file);
    this.#past = new PastSections(file);
    this.#sections = new SectionWriter(file, { places, names, said });
    this.tombstones = new Tombstones(file, { versions: this.#versions, past: this.#past, names, said });
  }

  savePage({ crawl, site }: CrawlOfSite, page: PageWrite): void {
    const { url, parsed } = page;
    const place = this.#places.number(url);
    this.#places.makeOwn(place);
    const shown = this.tombstones.bringBack(place);
    const hasChanged = shown !== parsed.contentHash;
    if (hasChanged && shown !== null) this.#takeOff(place);
    const depth = Math.min(page.depth, this.#depthSoFar(crawl, place));
    const version = this.#versions.number(place, parsed.contentHash, parsed.title);
    this.#writePage(place, { ...page, depth }, version);
    this.#writeMembership(site, place, url, depth);
    this.#writeLayout(place, page);
    this.#writeListPosition(place, listPositionOf(page));
    if (hasChanged) this.#putOn(place, page, shown !== null);
    this.#file
      .sql(`INSERT INTO crawl_page (crawl, place, version) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET version = excluded.version WHERE version <> excluded.version`)
      .run(crawl, place, version);
  }

  /** The URL leads elsewhere now: a page that it showed itself is removed, and no page of this crawl. */
  saveAlias({ crawl }: CrawlOfSite, { url, target }: AliasWrite, at: number): void {
    if (url === target) return;
    const place = this.#places.number(url);
    this.tombstones.remove(place, at);
    this.#file.sql('DELETE FROM crawl_page WHERE crawl = ? AND place = ?').run(crawl, place);
    this.#places.makeAlias(place, this.#places.number(target));
  }

  #takeOff(place: number): void {
    this.#versions.keep(place);
    this.#past.takeFrom(place);
  }

  /** @param again the page has names already. */
  #putOn(place: number, page: PageWrite, again: boolean): void {
    this.#sections.write(place, page, this.#past.firstSeen(place));
    this.#past.prune(place);
    this.#names.writePage(place, page.url, page.parsed, again);
    this.#said.writePage(place, page.url, page.parsed, again);
  }

  /** Clicks to the page as this crawl has seen them: a redirect may lead to it by a longer path later on. */
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

  #writePage(place: number, page: PageWrite, version: number): void {
    const { parsed } = page;
    this.#file
      .sql(`INSERT INTO page (place, title, description, language, charset, depth, status, via, content_hash,
          fetched_at, text_length, sections, links, headings, actions, forms, first_seen, version)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (place) DO UPDATE SET title = excluded.title, description = excluded.description,
          language = excluded.language, charset = excluded.charset, depth = excluded.depth, status = excluded.status,
          via = excluded.via, content_hash = excluded.content_hash, fetched_at = excluded.fetched_at,
          text_length = excluded.text_length, sections = excluded.sections, links = excluded.links,
          headings = excluded.headings, actions = excluded.actions, forms = excluded.forms, version = excluded.version,
          summary = CASE WHEN content_hash = excluded.content_hash THEN summary ELSE NULL END,
          summary_variant = CASE WHEN content_hash = excluded.content_hash THEN summary_variant ELSE NULL END`)
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
        page.fetchedAt,
        version,
      );
  }

  /** What layouts and groups are derived from. */
  #writeLayout(place: number, { url, parsed }: PageWrite): void {
    this.#file
      .sql(`INSERT INTO page_layout (place, template, fingerprint) VALUES (?, ?, ?)
        ON CONFLICT (place) DO UPDATE SET template = excluded.template, fingerprint = excluded.fingerprint`)
      .run(place, urlTemplate(url), parsed.fingerprint);
  }

  #writeListPosition(place: number, position: ListPosition | null): void {
    this.#file.sql('DELETE FROM page_board WHERE place = ?').run(place);
    if (position === null) return;
    const { pattern, page, last } = position;
    this.#file
      .sql('INSERT INTO page_board (place, pattern, first, step, page, last) VALUES (?, ?, ?, ?, ?, ?)')
      .run(place, pattern.url, pattern.first, pattern.step, page, last ?? page);
  }
}
