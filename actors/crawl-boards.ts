import type { Discovery } from '../src/ports/frontier.ts';
import type { UrlReason } from '../src/ports/url-reason.ts';
import { BoardShelf } from './board-shelf.ts';
import { BoardTracker, type BoardTrackerParts } from './board-tracker.ts';
import type { SortedPage } from './sorted-page.ts';
import type { WritablePage } from './writer.ts';

export interface LinkedPage {
  readonly page: WritablePage;
  readonly links: readonly Discovery[];
}

/** The boards of a crawl for those who claim pages and for those who write them, a batch at a time. */
export class CrawlBoards {
  readonly #claimed: ShelvedTracker;
  readonly #written: ShelvedTracker;

  constructor(parts: BoardTrackerParts) {
    this.#claimed = shelved(parts);
    this.#written = shelved(parts);
  }

  /** As `BoardTracker.verdict`, in the order of the URLs. */
  async verdicts(urls: readonly string[]): Promise<readonly (UrlReason | null)[]> {
    const { shelf, tracker } = this.#claimed;
    await shelf.hold(urls);
    return Promise.all(urls.map((url) => tracker.verdict(url)));
  }

  /** As `BoardTracker.sort`; a page learns from those before it. */
  async sort(pages: readonly LinkedPage[]): Promise<readonly SortedPage[]> {
    const { shelf, tracker } = this.#written;
    await shelf.hold(pages.map(({ page }) => page.url));
    const sorted: SortedPage[] = [];
    for (const { page, links } of pages) sorted.push(await tracker.sort(page, links));
    return sorted;
  }
}

interface ShelvedTracker {
  readonly shelf: BoardShelf;
  readonly tracker: BoardTracker;
}

function shelved(parts: BoardTrackerParts): ShelvedTracker {
  const shelf = new BoardShelf(parts.frontier);
  return { shelf, tracker: new BoardTracker({ ...parts, frontier: shelf }) };
}
