import type { PageError } from '../../src/core/ledger/page-error.ts';

const MAX_KEPT = 1_000;

/**
 * What went wrong behind the proxy, the latest only: a browser tells a failed tunnel from a refused address no more
 * than from a missing name. Connections fail per host and port, transfers per URL.
 */
export class ProxyFailures {
  readonly #failures = new Map<string, PageError>();

  note(url: URL, failure: PageError): void {
    const key = failure.reason === 'too-large' ? transferKey(url) : connectionKey(url);
    this.#failures.delete(key);
    this.#failures.set(key, failure);
    if (this.#failures.size > MAX_KEPT) this.#dropOldest();
  }

  /** The host could be connected to after all. */
  clear(url: URL): void {
    this.#failures.delete(connectionKey(url));
  }

  of(url: URL): PageError | null {
    return this.#failures.get(transferKey(url)) ?? this.#failures.get(connectionKey(url)) ?? null;
  }

  #dropOldest(): void {
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined) this.#failures.delete(oldest);
  }
}

function transferKey(url: URL): string {
  return url.href.split('#', 1)[0] ?? '';
}

/** A WebSocket shares its host's fate: ws and http, wss and https. */
function connectionKey(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

/** The port of an http, https, ws or wss URL. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' || url.protocol === 'wss:' ? 443 : 80;
}
