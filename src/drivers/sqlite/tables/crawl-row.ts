import type { FrontierCounts, FrontierLimits } from '../../../ports/frontier.ts';
import type { UrlReason } from '../../../ports/url-reason.ts';
import type { SqliteFile } from '../sqlite-file.ts';
import { int, intOrNull, type Row, text, textOrNull } from './rows.ts';

export type Control = 'running' | 'paused' | 'cancelled';

const COUNTS = ['found', 'done', 'failed', 'skipped', 'pending', 'active'] as const;
type CountName = (typeof COUNTS)[number];

/** The head of one crawl while a transaction works on it: limits, control and counts. Saved by `store`. */
export class CrawlRow {
  readonly k: number;
  readonly control: Control;
  readonly limits: FrontierLimits;
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
    return { ...this.#counts };
  }

  get closed(): UrlReason | null {
    return this.#closed;
  }

  get full(): boolean {
    return this.#counts.found >= this.limits.maxUrls;
  }

  /** Whether another page may become done without breaking the limit. */
  get hasRoom(): boolean {
    const { maxPages } = this.limits;
    return maxPages === null || this.#counts.done + this.#counts.active < maxPages;
  }

  get finished(): boolean {
    return (
      this.control === 'cancelled' ||
      this.#closed !== null ||
      this.#counts.pending + this.#counts.active === 0
    );
  }

  /** Counts a URL out of one state and into another; null stands for not known before. */
  move(from: CountName | null, to: CountName): void {
    if (from === null) this.#counts.found += 1;
    else this.#counts[this.#settled(from)] -= 1;
    this.#counts[this.#settled(to)] += 1;
  }

  /** Counts URLs that were dropped because the frontier is full. */
  drop(urls: number): void {
    this.#overflow += urls;
  }

  /** What is pending counts as skipped from here on. */
  close(reason: UrlReason): void {
    if (this.#closed !== null) return;
    this.#counts.skipped += this.#counts.pending;
    this.#counts.pending = 0;
    this.#closed = reason;
  }

  /** The limit of pages is reached: what is left will not be visited. */
  closeIfFull(): void {
    if (!this.hasRoom && this.#counts.active === 0 && this.#counts.pending > 0) this.close('limit-pages');
  }

  store(): void {
    const { found, done, failed, skipped, pending, active } = this.#counts;
    this.#file
      .sql(`UPDATE crawl SET closed = ?, overflow = ?, found = ?, done = ?, failed = ?, skipped = ?, pending = ?,
        active = ? WHERE k = ?`)
      .run(this.#closed, this.#overflow, found, done, failed, skipped, pending, active, this.k);
  }

  #settled(state: CountName): CountName {
    return state === 'pending' && this.#closed !== null ? 'skipped' : state;
  }
}
