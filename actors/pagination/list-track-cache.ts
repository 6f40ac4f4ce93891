import { patternsOf } from '../../src/core/pagination/page-number.ts';
import type { ListTrack } from '../../src/model/paginated-list.ts';
import type { Frontier } from '../../src/ports/frontier.ts';

/** What boards are tracked in. */
export type TrackStore = Pick<Frontier, 'listTracks' | 'saveListTrack'>;

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
