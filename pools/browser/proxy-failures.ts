import { LRUCache } from 'lru-cache';
import type { PageError } from '../../src/core/ledger/page-error.ts';

const MAX_FAILURES = 1_000;

/**
 * The latest failures behind the proxy. A browser reports a failed tunnel, a refused address and a missing name with one
 * and the same error. Connections fail per host and port, transfers per URL.
 */
export class ProxyFailures {
  readonly #failures = new LRUCache<string, PageError>({ max: MAX_FAILURES });

  record(url: URL, failure: PageError): void {
    const key = failure.reason === 'too-large' ? transferKey(url) : connectionKey(url);
    this.#failures.set(key, failure);
  }

  /** Call it when a connection to the host succeeds. */
  clear(url: URL): void {
    this.#failures.delete(connectionKey(url));
  }

  of(url: URL): PageError | null {
    return this.#failures.get(transferKey(url)) ?? this.#failures.get(connectionKey(url)) ?? null;
  }
}

function transferKey(url: URL): string {
  return url.href.split('#', 1)[0] ?? '';
}

/** A WebSocket shares the key of its host: ws and http, wss and https. */
function connectionKey(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

/** The port of an http, https, ws or wss URL. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' || url.protocol === 'wss:' ? 443 : 80;
}
