import type { SQLInputValue } from 'node:sqlite';
import type { FrontierCounts } from '../../../model/frontier-url.ts';
import type { ListTrack } from '../../../model/paginated-list.ts';
import type { UrlReason } from '../../../model/reason.ts';
import type { FrontierLimits } from '../../../ports/frontier.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { int, intOrNull, type Row, text, textOrNull } from './rows.ts';

export type Control = 'running' | 'paused' | 'cancelled';

const COUNTS = ['found', 'done', 'failed', 'skipped', 'pending', 'active', 'reopened'] as const;
type CountName = (typeof COUNTS)[number];

/** `reopened` counts pages that were done and are pending again. */
export type CountedState = Exclude<CountName, 'found'>;

/**
 * The row of one crawl during a transaction: limits, control and counts. `store` saves it. Closing a crawl does not change its
 * pending rows: `counts` counts them as skipped, and reopened ones as done.
 */
export class CrawlRow {
  readonly k: number;
  readonly control: Control;
  readonly limits: FrontierLimits;
  /** The last amendment that was applied completely. */
  readonly revision: number;
  readonly #file: SqliteFile;
  readonly #counts: Record<CountName, number>;
  #closed: UrlReason | null;
  #overflow: number;

  private constructor(file: SqliteFile, row: Row) {
    this.#file = file;
    this.k = int(row, 'k');
    this.control = text(row, 'control') as Control;
    this.limits = {
      maxPages: intOrNull(row, 'max_pages'),
      maxUrls: int(row, 'max_urls'),
      maxDepth: intOrNull(row, 'max_depth'),
    };
    this.revision = int(row, 'revision');
    this.#closed = textOrNull(row, 'closed') as UrlReason | null;
    this.#overflow = int(row, 'overflow');
    this.#counts = Object.fromEntries(COUNTS.map((name) => [name, int(row, name)])) as Record<
      CountName,
      number
    >;
  }

  static find(file: SqliteFile, crawlId: string): CrawlRow | null {
    const row = file.sql('SELECT * FROM crawl WHERE id = ?').get(crawlId) as Row | undefined;
    return row === undefined ? null : new CrawlRow(file, row);
  }

  static get(file: SqliteFile, crawlId: string): CrawlRow {
    const row = CrawlRow.find(file, crawlId);
    if (row === null) throw new Error(`crawl ${crawlId} was not opened`);
    return row;
  }

  get counts(): FrontierCounts {
    const { reopened, ...counts } = this.#counts;
    const pending = counts.pending + reopened;
    if (this.#closed === null) return { ...counts, pending };
    return { ...counts, pending: 0, skipped: counts.skipped + counts.pending, done: counts.done + reopened };
  }

  /** Number of pending rows whose pages are not done. The close of a crawl skips them. */
  get unvisited(): number {
    return this.#counts.pending;
  }

  get closed(): UrlReason | null {
    return this.#closed;
  }

  get full(): boolean {
    return this.#counts.found >= this.limits.maxUrls;
  }

  /**
   * Whether the page limit allows another visit. Reopened pages count already: they are visited even at the limit, once no
   * other page is pending.
   */
  get hasRoom(): boolean {
    const { maxPages } = this.limits;
    const { done, active, pending, reopened } = this.#counts;
    if (maxPages === null || done + active + reopened < maxPages) return true;
    return pending === 0 && reopened > 0;
  }

  get finished(): boolean {
    const { pending, reopened, active } = this.#counts;
    return this.control === 'cancelled' || this.#closed !== null || pending + reopened + active === 0;
  }

  /** Counts a URL out of one state and into another; null for a new URL. */
  move(from: CountedState | null, to: CountedState): void {
    this.#counts[from ?? 'found'] += from === null ? 1 : -1;
    this.#counts[to] += 1;
  }

  /** Counts URLs that were dropped because the frontier is full. */
  drop(urls: number): void {
    this.#overflow += urls;
  }

  /** Pending URLs count as skipped from now on. The first reason stays. */
  close(reason: UrlReason): void {
    this.#closed ??= reason;
  }

  /** Closes the crawl when the page limit is reached and no page is in progress. */
  closeIfFull(): void {
    const { pending, reopened, active } = this.#counts;
    if (!this.hasRoom && active === 0 && pending + reopened > 0) this.close('limit-pages');
  }

  /** Reopens a crawl that the page limit closed, if the limit allows more now. */
  reopenIfRoom(): void {
    if (this.#closed === 'limit-pages' && this.hasRoom) this.#closed = null;
  }

  /** Removes the frontier's part of the row; the map's part stays. */
  forget(): void {
    const { id, site, started_at, finished_at } = this.#file
      .sql('SELECT id, site, started_at, finished_at FROM crawl WHERE k = ?')
      .get(this.k) as Row;
    this.#file.sql('DELETE FROM crawl WHERE k = ?').run(this.k);
    if (site === null) return;
    this.#file
      .sql('INSERT INTO crawl (k, id, site, started_at, finished_at) VALUES (?, ?, ?, ?, ?)')
      .run(this.k, ...([id, site, started_at, finished_at] as SQLInputValue[]));
  }

  /** Returns the tracks of the paginated lists with these patterns, as far as they are stored. */
  listTracks(patterns: readonly string[]): readonly ListTrack[] {
    return patterns.flatMap((pattern) => {
      const row = this.#file
        .sql('SELECT track FROM crawl_board WHERE crawl = ? AND pattern = ?')
        .get(this.k, pattern) as Row | undefined;
      return row === undefined ? [] : [JSON.parse(text(row, 'track')) as ListTrack];
    });
  }

  /** Returns false and stores nothing if the revision of the track is not the one after the stored revision. */
  saveListTrack(track: ListTrack): boolean {
    const { pattern, revision } = track;
    const json = JSON.stringify(track);
    const { changes } =
      revision === 1
        ? this.#file
            .sql(`INSERT INTO crawl_board (crawl, pattern, revision, track) VALUES (?, ?, 1, ?)
              ON CONFLICT DO NOTHING`)
            .run(this.k, pattern.url, json)
        : this.#file
            .sql(
              `UPDATE crawl_board SET revision = ?, track = ? WHERE crawl = ? AND pattern = ? AND revision = ?`,
            )
            .run(revision, json, this.k, pattern.url, revision - 1);
    return changes === 1;
  }

  store(): void {
    const { found, done, failed, skipped, pending, active, reopened } = this.#counts;
    this.#file
      .sql(`UPDATE crawl SET closed = ?, overflow = ?, found = ?, done = ?, failed = ?, skipped = ?, pending = ?,
        active = ?, reopened = ? WHERE k = ?`)
      .run(this.#closed, this.#overflow, found, done, failed, skipped, pending, active, reopened, this.k);
  }
}
