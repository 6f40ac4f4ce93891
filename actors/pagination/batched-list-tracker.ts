import { patternsOf } from '../../src/core/pagination/page-pattern.ts';
import type { VisitedPage } from '../../src/model/fetched-page.ts';
import type { Discovery } from '../../src/model/frontier-url.ts';
import type { ListTrack } from '../../src/model/paginated-list.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import { ListTracker, type ListTrackerParts, type TrackedPage, type TrackStore } from './list-tracker.ts';

export interface LinkedPage {
  readonly page: VisitedPage;
  readonly links: readonly Discovery[];
}

/** The boards of a crawl for those who claim pages and for those who write them, a batch at a time. */
export class BatchedListTracker {
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
  async sort(pages: readonly LinkedPage[]): Promise<readonly TrackedPage[]> {
    const { shelf, tracker } = this.#written;
    await shelf.hold(pages.map(({ page }) => page.url));
    const sorted: TrackedPage[] = [];
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

/**
 * The boards that a batch of pages asks for, read from the store in one step. What is kept through the shelf is known to
 * it at once; what another worker keeps meanwhile comes to light when a track does not follow on it, or with the next batch.
 */
export class ListTrackCache implements TrackStore {
  readonly #store: TrackStore;
  #held = new Map<string, ListTrack | null>();

  constructor(store: TrackStore) {
    this.#store = store;
  }

  /** Reads the boards that these URLs may be pages of, and lets go of all others. */
  async hold(urls: readonly string[]): Promise<void> {
    const patterns = [...new Set(urls.flatMap(patternsOf))];
    const held = new Map<string, ListTrack | null>(patterns.map((pattern) => [pattern, null]));
    const tracks = patterns.length === 0 ? [] : await this.#store.listTracks(patterns);
    for (const track of tracks) held.set(track.pattern.url, track);
    this.#held = held;
  }

  async listTracks(patterns: readonly string[]): Promise<readonly ListTrack[]> {
    if (!patterns.every((pattern) => this.#held.has(pattern))) return this.#store.listTracks(patterns);
    return patterns.map((pattern) => this.#held.get(pattern) ?? null).filter((track) => track !== null);
  }

  async saveListTrack(board: ListTrack): Promise<boolean> {
    const kept = await this.#store.saveListTrack(board);
    if (kept) this.#held.set(board.pattern.url, board);
    else this.#held.delete(board.pattern.url);
    return kept;
  }
}
