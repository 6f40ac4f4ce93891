import type { AmendBatch, AmendMove, AmendSteps } from '../../../src/core/crawl/amend-frontier.ts';
import type { UrlReason } from '../../../src/model/reason.ts';
import type { AmendReport, FrontierLimits } from '../../../src/ports/frontier.ts';
import type { UrlBook } from './url-book.ts';
import type { UrlEntry } from './url-entry.ts';

const LOOKED_AT_ONCE = 500;

/** Applies an amendment to the URLs of a crawl. */
export class MemoryAmendment implements AmendSteps {
  readonly #book: UrlBook;
  #revision = 0;

  constructor(book: UrlBook) {
    this.#book = book;
  }

  async begin(revision: number, limits: FrontierLimits): Promise<boolean> {
    if (this.#revision >= revision) return false;
    this.#book.limits = limits;
    if (this.#book.closed === 'limit-pages' && this.#book.hasRoom) this.#book.closed = null;
    return true;
  }

  async next(after: number): Promise<AmendBatch> {
    const entries = this.#book.entries.slice(after, after + LOOKED_AT_ONCE);
    return {
      urls: entries.filter(mayMove).map((entry) => ({ ...entry, id: entry.n, reason: reasonOf(entry) })),
      last: after + entries.length,
      end: entries.length < LOOKED_AT_ONCE,
    };
  }

  async move(moves: readonly AmendMove[]): Promise<AmendReport> {
    const report = { skipped: 0, restored: 0 };
    for (const { id, depth, reason, now } of moves) {
      const entry = this.#book.entries[id - 1];
      if (entry === undefined || !mayMove(entry) || entry.depth !== depth || reasonOf(entry) !== reason)
        continue;
      this.#moveOne(entry, now);
      if (now === null) report.restored += 1;
      else if (reason === null && entry.state === 'skipped') report.skipped += 1;
    }
    return report;
  }

  async end(revision: number): Promise<void> {
    this.#book.closeIfFull();
    if (this.#book.active.size === 0) this.#revision = revision;
  }

  #moveOne(entry: UrlEntry, now: UrlReason | null): void {
    if (now === null) this.#book.setState(entry, 'ready');
    else if (entry.reopened) this.#book.setState(entry, 'done');
    else this.#book.setState(entry, 'skipped', { reason: now });
  }
}

function isPending({ state }: UrlEntry): boolean {
  return state === 'ready' || state === 'waiting';
}

function mayMove(entry: UrlEntry): boolean {
  const { reason } = entry.standing;
  return isPending(entry) || (entry.state === 'skipped' && (reason === 'excluded' || reason === 'too-deep'));
}

/** Null while pending. */
function reasonOf(entry: UrlEntry): UrlReason | null {
  return isPending(entry) ? null : (entry.standing.reason ?? null);
}
