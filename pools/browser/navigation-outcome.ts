import { PageError } from '../../src/core/ledger/page-error.ts';
import { isHtml } from '../../src/core/net/content-type.ts';
import { statusFailure } from '../../src/core/net/status-failure.ts';
import type { UrlReason } from '../../src/model/reason.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { BrowserProxy } from './browser-proxy.ts';
import { FAILURE_HEADER } from './proxy-forward.ts';
import { isRedirect, type MainDocument, type Tab } from './tab.ts';

/** Decides how a navigation ended. Tab and proxy hold details that the browser's errors lack. */
export class NavigationOutcome {
  readonly #proxy: BrowserProxy;
  readonly #mayFollow: (target: URL) => boolean;
  readonly #clock: Pick<Clock, 'now'>;

  /** @param mayFollow whether a redirect leads where the crawl may go. */
  constructor(proxy: BrowserProxy, mayFollow: (target: URL) => boolean, clock: Pick<Clock, 'now'>) {
    this.#proxy = proxy;
    this.#mayFollow = mayFollow;
    this.#clock = clock;
  }

  /** Why the document that was loaded for `url` is no page for the map; null if it is one. */
  refusal(tab: Tab, url: string): PageError | null {
    return this.#outOfScope(tab, url) ?? this.#documentRefusal(tab);
  }

  /** Why the visit to `url` ended with `error`. An attachment ends a navigation with the same error as an abort. */
  failure(error: unknown, tab: Tab | null, url: string): PageError {
    const outOfScope = tab && this.#outOfScope(tab, url);
    if (outOfScope) return outOfScope;
    if (error instanceof PageError && error.reason !== 'connection') return error;
    const failure = (tab && this.#documentRefusal(tab)) ?? navigationFailure(error);
    const behindProxy = failure.reason === 'connection' ? this.#proxy.failureOf(tab?.requested ?? url) : null;
    return behindProxy ?? failure;
  }

  /** A redirect out of scope takes precedence over any fault of the document there. */
  #outOfScope({ requested }: Tab, url: string): PageError | null {
    if (requested === null || requested === url || this.#mayFollow(new URL(requested))) return null;
    return new PageError('redirect-out-of-scope', `Redirected to ${requested}`, { target: requested });
  }

  #documentRefusal({ main }: Tab): PageError | null {
    if (main === null) return null;
    if (FAILURE_HEADER in main.headers) return this.#proxy.failureOf(main.url);
    return documentFailure(main, this.#clock.now());
  }
}

interface Meaning {
  readonly pattern: RegExp;
  readonly reason: UrlReason;
  readonly retryable: boolean;
}

/** Net errors of Chromium and errors of Playwright, the most specific first. */
const MEANINGS: readonly Meaning[] = [
  { pattern: /ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED/, reason: 'dns', retryable: false },
  { pattern: /ERR_TOO_MANY_REDIRECTS/, reason: 'redirect-loop', retryable: false },
  { pattern: /ERR_UNSAFE_REDIRECT/, reason: 'redirect-out-of-scope', retryable: false },
  { pattern: /ERR_(?:CERT|SSL|TLS)_/, reason: 'tls', retryable: false },
  {
    pattern: /ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT|Timeout \d+ms exceeded|timed out/i,
    reason: 'timeout',
    retryable: true,
  },
  {
    pattern:
      /crashed|Target (?:page, context or browser )?(?:has been )?closed|browser has been closed|Connection closed|frame was detached/i,
    reason: 'crash',
    retryable: true,
  },
  { pattern: /ERR_BLOCKED_BY_CLIENT|ERR_BLOCKED_BY_RESPONSE/, reason: 'blocked', retryable: false },
  {
    pattern:
      /ERR_(?:CONNECTION|EMPTY_RESPONSE|TUNNEL|PROXY|ADDRESS|NETWORK|INTERNET|SOCKET|HTTP2|QUIC|INVALID|RESPONSE|INCOMPLETE|CONTENT)/,
    reason: 'connection',
    retryable: true,
  },
  { pattern: /Download is starting/, reason: 'download', retryable: false },
  /** For example, a script of the previous page has navigated in the tab. */
  { pattern: /ERR_ABORTED|interrupted by another navigation/, reason: 'crash', retryable: true },
];

/** Statuses without a document (RFC 9110 §15.3.5, §15.3.6): a browser aborts the navigation. */
const WITHOUT_CONTENT = new Set([204, 205]);

/** The page error for what a navigation threw. */
export function navigationFailure(error: unknown): PageError {
  if (error instanceof PageError) return error;
  const message = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
  const meaning = MEANINGS.find(({ pattern }) => pattern.test(message));
  const { reason, retryable } = meaning ?? { reason: 'internal', retryable: true };
  return new PageError(reason, message.replace(/^page\.goto: /, ''), { retryable, cause: error });
}

/** Why this document is not a page for the map; null if it is one. `now` is epoch ms. */
export function documentFailure(main: MainDocument, now: number): PageError | null {
  const { status, headers, mime } = main;
  if (isRedirect(status)) return null;
  const failure = statusFailure(status, headers['retry-after'] ?? null, now);
  if (failure !== null) return failure;
  if (WITHOUT_CONTENT.has(status)) return new PageError('empty', `The server answered ${status}`, { status });
  if (/^\s*attachment\b/i.test(headers['content-disposition'] ?? '')) {
    return new PageError('download', 'The server offers a file to save', { status });
  }
  if (mime !== '' && !isHtml(mime)) return new PageError('not-html', `The server sends ${mime}`, { status });
  return null;
}
