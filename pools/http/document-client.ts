import { parseContentType } from '../../src/core/net/content-type.ts';
import type { DocumentClient } from '../../src/ports/fetcher.ts';
import { networkFailure } from '../net/network-failure.ts';
import { type Chunks, collect, peek } from './bytes.ts';
import { decodeBody, gunzip } from './content-coding.ts';
import { followRedirects } from './follow-redirects.ts';
import { type HttpAgent, headerOf, requestHeaders } from './http-agent.ts';

/** RFC 9309 §2.3.1.2 demands at least five hops, also to other hosts. */
const MAX_REDIRECTS = 5;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** A document whose body is still arriving. */
export interface OpenDocument {
  readonly status: number;
  readonly finalUrl: string;
  /** Lower-case `type/subtype`; empty where the server sends none. */
  readonly contentType: string;
  /** Without content codings; a gzip file is decompressed. */
  readonly chunks: Chunks;
}

/**
 * Fetches small documents, such as robots.txt files, of any status and type. It decompresses a gzip file
 * (`sitemap.xml.gz`) whatever its name is. `maxBytes` counts after all decoding.
 */
export function createDocumentClient(agent: HttpAgent): DocumentClient {
  return {
    get: async (url, { maxBytes, timeoutMs }) => {
      using deadline = agent.deadline(timeoutMs);
      try {
        const { chunks, ...head } = await openDocument(agent, url, deadline.signal);
        const { bytes, truncated } = await collect(chunks, maxBytes);
        return { ...head, body: bytes, truncated };
      } catch (error) {
        throw networkFailure(error);
      }
    },
  };
}

/** Sends a GET and resolves when the headers have arrived. Rejects with whatever fails on the way. */
export async function openDocument(
  agent: HttpAgent,
  start: string,
  signal: AbortSignal,
): Promise<OpenDocument> {
  const { response, url } = await followRedirects(agent, new URL(start), {
    headers: requestHeaders('*/*'),
    signal,
    maxRedirects: MAX_REDIRECTS,
  });
  return {
    status: response.statusCode,
    finalUrl: url.href,
    contentType: parseContentType(headerOf(response, 'content-type')).mime,
    chunks: await unpacked(await decodeBody(response)),
  };
}

async function unpacked(chunks: Chunks): Promise<Chunks> {
  const { head, all } = await peek(chunks, GZIP_MAGIC.length);
  return GZIP_MAGIC.every((byte, index) => head[index] === byte) ? gunzip(all) : all;
}
