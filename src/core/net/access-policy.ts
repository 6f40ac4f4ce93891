/** A private host that the operator allows. */
interface AllowedHost {
  /** As `URL.hostname` would write it: lower-case, IPv6 in brackets, no trailing dot. */
  readonly hostname: string;
  /** Null: any port. */
  readonly port: number | null;
  /** As it was given. */
  readonly entry: string;
}

const ENTRY = /^(?<host>\[[^[\]]*\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/;
const LARGEST_PORT = 65_535;

/** Hosts that are exempt from the rule that only globally routable addresses are visited. */
export class AccessPolicy {
  readonly #allowed: readonly AllowedHost[];

  /**
   * @param entries `host` or `host:port`, IPv6 in brackets. Throws a `TypeError` on the first bad entry;
   * `problemOfEntry` returns the same message.
   */
  constructor(entries: readonly string[] = []) {
    this.#allowed = entries.map((entry) => {
      const parsed = parseEntry(entry);
      if (typeof parsed === 'string') throw new TypeError(parsed);
      return parsed;
    });
  }

  /** Whether the host may be visited at any address. `hostname` may be an IPv6 address with or without brackets. */
  allows(hostname: string, port: number): boolean {
    return this.#entryOf(hostname, port) !== null;
  }

  /** The entry that allows the host of this http or https URL, as it was given; null if none does. */
  entryFor({ hostname, port, protocol }: URL): string | null {
    return this.#entryOf(hostname, Number(port) || (protocol === 'https:' ? 443 : 80));
  }

  #entryOf(hostname: string, port: number): string | null {
    const wanted = canonicalHostname(hostname.includes(':') ? bracketed(hostname) : hostname);
    const isWanted = (host: AllowedHost) =>
      host.hostname === wanted && (host.port === null || host.port === port);
    return this.#allowed.find(isWanted)?.entry ?? null;
  }
}

/** What is wrong with an entry of the list of allowed private hosts, in one line; null if it is valid. */
export function problemOfEntry(entry: string): string | null {
  const parsed = parseEntry(entry);
  return typeof parsed === 'string' ? parsed : null;
}

function parseEntry(entry: string): AllowedHost | string {
  const text = entry.trim();
  if (text === '') return 'an entry is empty: write host or host:port';
  if (/[/@?#\\\s]/.test(text))
    return `"${text}" is not a host: write host or host:port, without scheme or path`;
  if (text.includes('*')) return `"${text}" has a wildcard: name each host`;
  const { host, port } = ENTRY.exec(text)?.groups ?? {};
  if (host === undefined) return `"${text}" is not host or host:port (an IPv6 address stands in brackets)`;
  const hostname = canonicalHostname(host);
  if (hostname === null) return `"${text}" does not name a host`;
  if (port === undefined) return { hostname, port: null, entry };
  const number = Number(port);
  if (number < 1 || number > LARGEST_PORT) return `"${text}": the port is not between 1 and ${LARGEST_PORT}`;
  return { hostname, port: number, entry };
}

function bracketed(address: string): string {
  return address.startsWith('[') ? address : `[${address}]`;
}

/** The host as the URL Standard writes it, so that 0x7f.1 equals 127.0.0.1; null if it is not a host. */
function canonicalHostname(host: string): string | null {
  return URL.parse(`http://${host}/`)?.hostname.replace(/\.$/, '') || null;
}
