import { parseContentType } from '../../src/core/net/content-type.ts';
import type { DocumentClient, TextResponse } from '../../src/ports/fetcher.ts';
import { networkFailure } from '../net/network-failure.ts';
import { type Chunks, collect, peek } from './bytes.ts';
import { decodeBody, gunzip } from './content-coding.ts';
import { Deadline } from './deadline.ts';
import { followRedirects } from './follow-redirects.ts';
import type { HttpAgent } from './http-agent.ts';
import { headerOf, requestHeaders } from './http-agent.ts';

/** RFC 9309 §2.3.1.2 asks for at least five hops, over hosts too. */
const MAX_REDIRECTS = 5;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/**
 * Fetches robots.txt files and sitemaps: any status and type is an answer. A gzip file (`sitemap.xml.gz`) is
 * unpacked, whatever it is called. `maxBytes` counts after all decoding.
 */
export function createDocumentClient(agent: HttpAgent): DocumentClient {
  return {
    get: async (url, { maxBytes, timeoutMs }) => {
      const deadline = new Deadline(timeoutMs);
      try {
        return await getDocument(agent, url, maxBytes, deadline.signal);
      } catch (error) {
        throw networkFailure(error);
      } finally {
        deadline.end();
      }
    },
  };
}

async function getDocument(
  agent: HttpAgent,
  start: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<TextResponse> {
  const { response, url } = await followRedirects(agent, new URL(start), {
    headers: requestHeaders('*/*'),
    signal,
    maxRedirects: MAX_REDIRECTS,
  });
  const { bytes, truncated } = await collect(await unpacked(await decodeBody(response)), maxBytes);
  return {
    status: response.statusCode,
    finalUrl: url.href,
    contentType: parseContentType(headerOf(response, 'content-type')).mime,
    body: bytes,
    truncated,
  };
}

async function unpacked(chunks: Chunks): Promise<Chunks> {
  const { head, all } = await peek(chunks, GZIP_MAGIC.length);
  return GZIP_MAGIC.every((byte, index) => head[index] === byte) ? gunzip(all) : all;
}
