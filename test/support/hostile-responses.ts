import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Handler, type Reply, reply } from './fixture-site.ts';

const HTML = 'text/html; charset=utf-8';
const MEGABYTE = 1024 * 1024;
const DRIP_MS = 100;

/** A small page around this content. */
export function htmlPage(title: string, content: string, head = ''): string {
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body><h1>${title}</h1>\n${content}\n</body></html>\n`;
}

export function redirectTo(location: string): Reply {
  return { status: 302, headers: { location } };
}

/** Sends each reply in turn, then repeats the last one. */
export function inTurn(...replies: readonly Reply[]): Handler {
  let turn = 0;
  return (_request, response) => {
    const next = replies[Math.min(turn, replies.length - 1)] ?? {};
    turn += 1;
    return reply(response, next);
  };
}

/** HTML of `bytes` length, streamed in pieces as fast as the client reads. */
export function longHtml(bytes: number, how: 'content-length' | 'chunked'): Handler {
  return (_request, response) => {
    const length = how === 'content-length' ? { 'content-length': String(bytes) } : {};
    response.writeHead(200, { 'content-type': HTML, ...length });
    return send(response, Readable.from(filler(bytes)));
  };
}

/** A few hundred kilobytes that decompress to `bytes`. */
export function gzipBomb(bytes: number): Handler {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': HTML, 'content-encoding': 'gzip' });
    return pipeline(Readable.from(filler(bytes)), createGzip({ level: 1 }), response).catch(() => {
      response.destroy();
    });
  };
}

function send(response: ServerResponse, body: Readable): Promise<void> {
  return pipeline(body, response).catch(() => {
    response.destroy();
  });
}

function* filler(bytes: number): Generator<Buffer> {
  const start = Buffer.from('<!doctype html>\n<title>Long</title>\n<p>');
  const piece = Buffer.from('words and words '.repeat(MEGABYTE / 16));
  yield start;
  for (let left = bytes - start.length; left > 0; left -= piece.length) yield piece.subarray(0, left);
}

/** Starts a page and then sends a letter ten times a second, for ever. */
export const dripForEver: Handler = (_request, response) => {
  response.writeHead(200, { 'content-type': HTML });
  response.write('<!doctype html>\n<title>Drip</title>\n<p>');
  repeat(response, () => response.write('.'));
};

/** Sends one header ten times a second, for ever. */
export const headersForEver: Handler = (_request, response) => {
  const { socket } = response;
  socket?.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n');
  repeat(response, () => socket?.write('X-More: to come\r\n'));
};

export const silence: Handler = () => {};

/** Half a page, then a reset (RST) of the connection. */
export const resetInBody: Handler = (_request, response) => {
  response.writeHead(200, { 'content-type': HTML, 'content-length': '100000' });
  response.write(`<!doctype html>\n<title>Half a page</title>\n<p>${'half '.repeat(1_000)}`, () => {
    response.socket?.resetAndDestroy();
  });
};

/** A page without a `Content-Type`. */
export const untyped: Handler = (_request, response) => {
  response.writeHead(200, {});
  response.end(htmlPage('Untyped', '<p>The server does not say what this is.</p>'));
};

function repeat(response: ServerResponse, act: () => void): void {
  const timer = setInterval(act, DRIP_MS);
  response.once('close', () => clearInterval(timer));
}
