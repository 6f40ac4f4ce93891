import { PageError } from '../../src/core/ledger/page-error.ts';
import { isHtml, looksLikeHtml, parseContentType, SNIFFED_BYTES } from '../../src/core/net/content-type.ts';
import { statusFailure } from '../../src/core/net/status-failure.ts';
import { networkFailure } from '../net/network-failure.ts';
import { type Chunks, collect, peek } from './bytes.ts';
import { decodeBody } from './content-coding.ts';
import { type FollowedResponse, followRedirects } from './follow-redirects.ts';
import { contentLengthOf, type HttpAgent, headerOf, requestHeaders } from './http-agent.ts';

export interface FetchOptions {
  /** Aborts the fetch, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Of the decoded body. Default: 10 MB. */
  readonly maxBytes?: number;
  /** From lookup to last byte, in milliseconds. Default: 30 s. */
  readonly timeoutMs?: number;
  /** Default: 10. */
  readonly maxRedirects?: number;
  /** Whether a redirect may be followed; default: any that leads to http or https. */
  readonly mayFollow?: (target: URL) => boolean;
  /** Whether robots.txt allows the target of a redirect; default: yes. */
  readonly mayRequest?: (url: string) => Promise<boolean>;
  /** The `Accept` header. Default: HTML before anything else. */
  readonly accept?: string;
}

export interface FetchedDocument {
  readonly status: number;
  /** After redirects. */
  readonly finalUrl: string;
  /** Lower-case, without parameters; `text/html` for an untyped body that looks like it. */
  readonly contentType: string;
  /** Of the `Content-Type` header. */
  readonly charset: string | null;
  /** Without content codings. */
  readonly body: Uint8Array;
  readonly redirects: number;
}

const MAX_BYTES = 10_000_000;
const TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 10;
const ACCEPT_HTML = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1';

/**
 * Fetches a web page. Rejects with a `PageError` for everything that is not one, before it reads the body where the
 * headers are enough: `http-status`, `blocked`, `download`, `not-html`, `too-large`, `empty`; for redirects
 * `redirect-loop`, `redirect-out-of-scope`, `robots`; for the network `dns`, `address-refused`, `connection`, `tls`, `timeout`.
 */
export async function fetchDocument(
  agent: HttpAgent,
  url: string,
  options: FetchOptions = {},
): Promise<FetchedDocument> {
  using deadline = agent.deadline(options.timeoutMs ?? TIMEOUT_MS, options.signal);
  try {
    const followed = await followRedirects(agent, new URL(url), {
      headers: requestHeaders(options.accept ?? ACCEPT_HTML),
      signal: deadline.signal,
      maxRedirects: options.maxRedirects ?? MAX_REDIRECTS,
      mayFollow: options.mayFollow,
      mayRequest: options.mayRequest,
    });
    return await readPage(followed, options.maxBytes ?? MAX_BYTES, agent.clock.now());
  } catch (error) {
    options.signal?.throwIfAborted();
    throw networkFailure(error);
  }
}

async function readPage(followed: FollowedResponse, maxBytes: number, now: number): Promise<FetchedDocument> {
  const { response, url, redirects } = followed;
  refuseByHeaders(followed, maxBytes, now);
  const { mime, charset } = parseContentType(headerOf(response, 'content-type'));
  const chunks = await decodeBody(response);
  const { bytes, truncated } = await collect(mime === '' ? await refuseByLooks(chunks) : chunks, maxBytes);
  if (truncated) throw tooLarge(maxBytes);
  if (bytes.length === 0) throw new PageError('empty', 'The body is empty', { status: response.statusCode });
  return {
    status: response.statusCode,
    finalUrl: url.href,
    contentType: mime || 'text/html',
    charset,
    body: bytes,
    redirects,
  };
}

function refuseByHeaders({ response }: FollowedResponse, maxBytes: number, now: number): void {
  const status = response.statusCode;
  const failure = statusFailure(status, headerOf(response, 'retry-after'), now);
  if (failure) throw failure;
  if (/^\s*attachment\b/i.test(headerOf(response, 'content-disposition') ?? '')) {
    throw new PageError('download', 'The server offers a file to save', { status });
  }
  const type = parseContentType(headerOf(response, 'content-type')).mime;
  if (type !== '' && !isHtml(type)) throw new PageError('not-html', `The server sends ${type}`, { status });
  if ((contentLengthOf(response) ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

async function refuseByLooks(chunks: Chunks): Promise<Chunks> {
  const { head, all } = await peek(chunks, SNIFFED_BYTES);
  if (head.length > 0 && !looksLikeHtml(head)) {
    throw new PageError('not-html', 'The body has no type and does not look like HTML');
  }
  return all;
}

function tooLarge(maxBytes: number): PageError {
  return new PageError('too-large', `The body is larger than ${maxBytes} bytes`);
}
