import type { Dispatcher } from 'undici';
import { PageError } from '../../src/core/ledger/page-error.ts';
import { type HttpAgent, type HttpRequest, headerOf } from './http-agent.ts';

/** RFC 9110 §15.4. */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Bytes of a redirect's body that are read and dropped, so that the connection can be reused. */
const MAX_DUMPED_BYTES = 16_384;

export interface FollowOptions extends HttpRequest {
  readonly maxRedirects: number;
  /** Called before each hop; false rejects with `redirect-out-of-scope`. */
  readonly mayFollow?: ((target: URL) => boolean) | undefined;
  /** Called before each hop that may be followed; false rejects with `robots`. */
  readonly mayRequest?: ((url: string) => Promise<boolean>) | undefined;
}

export interface FollowedResponse {
  readonly response: Dispatcher.ResponseData;
  /** Of the response. */
  readonly url: URL;
  /** Hops taken. */
  readonly redirects: number;
}

/**
 * Sends GETs until a response is no redirect. Every hop goes through the agent's guarded lookup. Throws a `PageError`: `redirect-loop` (a URL comes back, or too many hops),
 * `redirect-out-of-scope` (refused, or not http), `robots`, `http-status` (no usable `Location`). A `Location` is
 * followed as written.
 */
export async function followRedirects(
  agent: HttpAgent,
  start: URL,
  options: FollowOptions,
): Promise<FollowedResponse> {
  const visited = new Set<string>();
  let url = start;
  for (;;) {
    visited.add(withoutFragment(url));
    const response = await agent.get(url, options);
    const location = REDIRECTS.has(response.statusCode) ? headerOf(response, 'location') : null;
    if (location === null) return { response, url, redirects: visited.size - 1 };
    await response.body.dump({ limit: MAX_DUMPED_BYTES, signal: options.signal });
    url = nextHop(location, url, response.statusCode, options);
    const problem = loopProblem(url, visited, options.maxRedirects);
    if (problem)
      throw new PageError('redirect-loop', problem, { status: response.statusCode, target: url.href });
    if ((await options.mayRequest?.(url.href)) === false) throw forbidden(url, response.statusCode);
  }
}

function nextHop(location: string, from: URL, status: number, { mayFollow }: FollowOptions): URL {
  const target = URL.parse(asUtf8(location), from.href);
  if (!target) throw new PageError('http-status', 'The redirect names no usable target', { status });
  target.username = '';
  target.password = '';
  target.hash ||= from.hash;
  const isWeb = target.protocol === 'http:' || target.protocol === 'https:';
  if (isWeb && mayFollow?.(target) !== false) return target;
  throw new PageError('redirect-out-of-scope', `Redirected to ${target.href}`, {
    status,
    target: target.href,
  });
}

function forbidden({ href }: URL, status: number): PageError {
  return new PageError('robots', `Redirected to ${href}, which robots.txt forbids`, { status, target: href });
}

function loopProblem(next: URL, visited: ReadonlySet<string>, maxRedirects: number): string | null {
  if (visited.has(withoutFragment(next))) return `Redirected in a circle, back to ${next.href}`;
  return visited.size > maxRedirects ? `Redirected more than ${maxRedirects} times` : null;
}

/** Many servers send raw UTF-8 in `Location`; the HTTP parser decodes headers as Latin-1. */
function asUtf8(latin1: string): string {
  const utf8 = Buffer.from(latin1, 'latin1').toString('utf8');
  return utf8.includes('\ufffd') ? latin1 : utf8;
}

function withoutFragment({ href }: URL): string {
  return href.split('#', 1)[0] ?? href;
}
