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

interface CachedTracker {
  readonly cache: ListTrackCache;
  readonly tracker: ListTracker;
}

/** A `ListTracker` for batches of pages: reads the tracks of a batch in one step, once for claims and once for writes. */
export class BatchedListTracker {
  readonly #claimed: CachedTracker;
  readonly #written: CachedTracker;

  constructor(parts: ListTrackerParts) {
    this.#claimed = cachedTracker(parts);
    this.#written = cachedTracker(parts);
  }

  /** As `ListTracker.verdict`, in the order of the URLs. */
  async verdicts(urls: readonly string[]): Promise<readonly (UrlReason | null)[]> {
    const { cache, tracker } = this.#claimed;
    await cache.load(urls);
    return Promise.all(urls.map((url) => tracker.verdict(url)));
  }

  /** As `ListTracker.track`; the tracks that one page changes apply to those after it. */
  async track(pages: readonly LinkedPage[]): Promise<readonly TrackedPage[]> {
    const { cache, tracker } = this.#written;
    await cache.load(pages.map(({ page }) => page.url));
    const tracked: TrackedPage[] = [];
    for (const { page, links } of pages) tracked.push(await tracker.track(page, links));
    return tracked;
  }
}

function cachedTracker(parts: ListTrackerParts): CachedTracker {
  const cache = new ListTrackCache(parts.frontier);
  return { cache, tracker: new ListTracker({ ...parts, frontier: cache }) };
}

/**
 * The tracks that one batch of pages needs. Tracks that are saved through the cache are in it at once; changes by other
 * workers become visible when a save is refused, or with the next batch.
 */
class ListTrackCache implements TrackStore {
  readonly #store: TrackStore;
  #tracks = new Map<string, ListTrack | null>();

  constructor(store: TrackStore) {
    this.#store = store;
  }

  /** Reads the tracks of the lists that these URLs may be pages of, and drops all others. */
  async load(urls: readonly string[]): Promise<void> {
    const patterns = [...new Set(urls.flatMap(patternsOf))];
    const loaded = new Map<string, ListTrack | null>(patterns.map((pattern) => [pattern, null]));
    const tracks = patterns.length === 0 ? [] : await this.#store.listTracks(patterns);
    for (const track of tracks) loaded.set(track.pattern.url, track);
    this.#tracks = loaded;
  }

  async listTracks(patterns: readonly string[]): Promise<readonly ListTrack[]> {
    if (!patterns.every((pattern) => this.#tracks.has(pattern))) return this.#store.listTracks(patterns);
    return patterns.map((pattern) => this.#tracks.get(pattern) ?? null).filter((track) => track !== null);
  }

  async saveListTrack(track: ListTrack): Promise<boolean> {
    const isSaved = await this.#store.saveListTrack(track);
    if (isSaved) this.#tracks.set(track.pattern.url, track);
    else this.#tracks.delete(track.pattern.url);
    return isSaved;
  }
}
