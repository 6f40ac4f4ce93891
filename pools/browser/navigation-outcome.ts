import { PageError } from '../../src/core/page-error.ts';
import type { BrowserProxy } from './browser-proxy.ts';
import { documentFailure, navigationFailure } from './navigation-failure.ts';
import { FAILURE_HEADER } from './proxy-headers.ts';
import type { Tab } from './tab.ts';

/** Says what became of a visit. Tab and proxy know more than the browser's errors tell. */
export class NavigationOutcome {
  readonly #proxy: BrowserProxy;
  readonly #mayFollow: (target: URL) => boolean;

  /** @param mayFollow whether a redirect leads where the crawl may go. */
  constructor(proxy: BrowserProxy, mayFollow: (target: URL) => boolean) {
    this.#proxy = proxy;
    this.#mayFollow = mayFollow;
  }

  /** Why what was loaded for `asked` is no page for the map; null if it is one. */
  refusal(tab: Tab, asked: string): PageError | null {
    return this.#strayed(tab, asked) ?? this.#documentRefusal(tab);
  }

  /** Why the visit to `asked` ended with `error`. An attachment, for one, ends a navigation just as an abort does. */
  failure(error: unknown, tab: Tab | null, asked: string): PageError {
    const strayed = tab && this.#strayed(tab, asked);
    if (strayed) return strayed;
    if (error instanceof PageError && error.reason !== 'connection') return error;
    const failure = (tab && this.#documentRefusal(tab)) ?? navigationFailure(error);
    const behindProxy =
      failure.reason === 'connection' ? this.#proxy.failureOf(tab?.requested ?? asked) : null;
    return behindProxy ?? failure;
  }

  /** A redirect that leads out of scope; told before anything else, for what lies there is not ours to judge. */
  #strayed({ requested }: Tab, asked: string): PageError | null {
    if (requested === null || requested === asked || this.#mayFollow(new URL(requested))) return null;
    return new PageError('redirect-out-of-scope', `It leads to ${requested}`, { target: requested });
  }

  #documentRefusal({ main }: Tab): PageError | null {
    if (main === null) return null;
    if (FAILURE_HEADER in main.headers) return this.#proxy.failureOf(main.url);
    return documentFailure(main, Date.now());
  }
}
