import type { MessagePort } from 'node:worker_threads';
import { SitemapParser } from '../../src/core/sitemap/sitemap-parser.ts';
import type { SitemapEntries } from '../../src/ports/sitemap-reader.ts';

/** The next bytes of a sitemap; null after the last. */
export type SitemapPiece = Uint8Array | null;

/** The reply to each piece. */
export interface SitemapReply {
  readonly entries: SitemapEntries;
  /** The thread wants no more pieces. */
  readonly isDone: boolean;
}

/** Runs on the pool's thread: replies to the pieces of one sitemap until the port is closed. */
export default function readSitemap(port: MessagePort): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const parser = new SitemapParser();
  const decoder = new TextDecoder();
  port.on('message', (piece: SitemapPiece) => {
    const entries = piece === null ? parser.end() : parser.write(decoder.decode(piece, { stream: true }));
    const reply: SitemapReply = { entries, isDone: piece === null || parser.isDone };
    port.postMessage(reply);
  });
  port.once('close', resolve);
  return promise;
}
