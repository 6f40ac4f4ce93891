import type { Discovery } from '../../src/model/frontier-url.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { SortedPage } from '../pages/sorted-page.ts';
import type { WritablePage } from '../pages/writer.ts';
import { ListTrackCache } from './list-track-cache.ts';
import { ListTracker, type ListTrackerParts } from './list-tracker.ts';

export interface LinkedPage {
  readonly page: WritablePage;
  readonly links: readonly Discovery[];
}

/** The boards of a crawl for those who claim pages and for those who write them, a batch at a time. */
export class CrawlLists {
  readonly #claimed: ShelvedTracker;
  readonly #written: ShelvedTracker;

  constructor(parts: ListTrackerParts) {
    this.#claimed = shelved(parts);
    this.#written = shelved(parts);
  }

  /** As `ListTracker.verdict`, in the order of the URLs. */
  async verdicts(urls: readonly string[]): Promise<readonly (UrlReason | null)[]> {
    const { shelf, tracker } = this.#claimed;
    await shelf.hold(urls);
    return Promise.all(urls.map((url) => tracker.verdict(url)));
  }

  /** As `ListTracker.sort`; a page learns from those before it. */
  async sort(pages: readonly LinkedPage[]): Promise<readonly SortedPage[]> {
    const { shelf, tracker } = this.#written;
    await shelf.hold(pages.map(({ page }) => page.url));
    const sorted: SortedPage[] = [];
    for (const { page, links } of pages) sorted.push(await tracker.sort(page, links));
    return sorted;
  }
}

interface ShelvedTracker {
  readonly shelf: ListTrackCache;
  readonly tracker: ListTracker;
}

function shelved(parts: ListTrackerParts): ShelvedTracker {
  const shelf = new ListTrackCache(parts.frontier);
  return { shelf, tracker: new ListTracker({ ...parts, frontier: shelf }) };
}
