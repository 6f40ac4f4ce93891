import type { ScopeRules } from '../../src/model/crawl-options.ts';
import type { FetchedPage, FetchFailure } from '../../src/model/fetched-page.ts';
import type { FoundBrowser } from './find-browser.ts';

/** Everything that a browser process needs to know to visit the pages of one crawl. Plain data: it crosses a process boundary. */
export interface BrowserJob {
  readonly browser: FoundBrowser;
  /** Entries of `ALLOWED_PRIVATE_HOSTS` that hold for this crawl. */
  readonly allowedPrivateHosts: readonly string[];
  readonly scope: ScopeRules;
  /** Tabs open at once, at most. */
  readonly concurrency: number;
  /** Of one document, transferred and rendered alike, in bytes. */
  readonly maxBytes: number;
  /** For loading one page, in milliseconds. */
  readonly timeoutMs: number;
  /** Load pictures, fonts and media too. */
  readonly media: boolean;
  /** Pages after which a browser is replaced. */
  readonly pagesPerBrowser: number;
  /** Memory of all browsers of the process at which they are replaced, in bytes. */
  readonly maxMemoryBytes: number;
  /** Folder in which each browser gets a profile of its own. The owner of the process deletes it. */
  readonly profileDir: string;
  /** Size of one profile on disk at which its browser is killed, in bytes. */
  readonly maxProfileBytes: number;
}

/** Calls of the crawl's source and sink, which stay in the main process. */
export type SourceCall =
  | { readonly method: 'next' | 'isEmpty' | 'isFinished' }
  | { readonly method: 'mayRequest'; readonly url: string }
  | { readonly method: 'fetched'; readonly page: FetchedPage }
  | { readonly method: 'failed'; readonly failure: FetchFailure };

/** From the main process to the browser process. */
export type BrowserCommand =
  | { readonly kind: 'run'; readonly job: BrowserJob }
  | { readonly kind: 'wake' }
  | { readonly kind: 'stop'; readonly how: 'drain' | 'abort' }
  | { readonly kind: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string };

/** From the browser process to the main process. */
export type BrowserReport =
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'call'; readonly id: number; readonly call: SourceCall }
  /** The run is over; `error` is null when the source was finished. */
  | { readonly kind: 'ended'; readonly error: string | null };

/** Time between two heartbeats of a browser process, in milliseconds. */
export const HEARTBEAT_MS = 1000;
