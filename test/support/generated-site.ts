import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Handler, reply } from './fixture-site.ts';

export interface GeneratedSiteOptions {
  /** Children of each page. Default 10. */
  readonly fanout?: number;
  /** Approximate bytes of text per page. Default 2,000. */
  readonly textBytes?: number;
}

const WORDS = 'harbour tide lantern ledger quay anchor chart gull mast rope signal storm'.split(' ');
const WORDS_PER_SENTENCE = 12;
const SENTENCES_PER_SECTION = 5;
const CROSS_LINKS = 3;
const MENU_ENTRIES = 5;

/** Path of page `index`; the first page is the front page. Must not look like a page of a paginated list. */
export function generatedPath(index: number): string {
  return index === 0 ? '/' : `/subject-${index}/notes`;
}

/**
 * A site of `count` pages, generated on request without memory per page. Page `i` is titled `Page i`, links to its
 * children in a tree with `fanout` branches and to a few other pages, and has the menu and footer of every page.
 */
export function generatedSite(count: number, options: GeneratedSiteOptions = {}): Handler {
  const { fanout = 10, textBytes = 2_000 } = options;
  return async (request, response) => {
    const index = indexOf(request.url ?? '/', count);
    if (index === null) return reply(response, { status: 404, body: '<title>Not found</title>' });
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    const stream = Readable.from(document(index, { count, fanout, textBytes }));
    await pipeline(stream, response).catch(() => response.destroy());
  };
}

function indexOf(path: string, count: number): number | null {
  const digits = path === '/' ? '0' : /^\/subject-([1-9]\d{0,8})\/notes$/.exec(path)?.[1];
  const index = Number(digits ?? -1);
  return index >= 0 && index < count ? index : null;
}

interface Shape {
  readonly count: number;
  readonly fanout: number;
  readonly textBytes: number;
}

function* document(index: number, shape: Shape): Generator<string> {
  yield `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Page ${index}</title></head><body>\n`;
  yield `<nav aria-label="Main menu"><ul>${menu(shape)}</ul></nav>\n<main><h1>Page ${index}</h1>\n`;
  yield* sections(index, shape.textBytes);
  yield `<section id="below"><h2>Below this page</h2><ul>${links(children(index, shape))}</ul></section>\n`;
  yield `<aside aria-label="Elsewhere"><ul>${links(elsewhere(index, shape))}</ul></aside></main>\n`;
  yield `<footer><p>A generated site of ${shape.count} pages. <a href="/">Front page</a></p></footer></body></html>\n`;
}

function menu({ count }: Shape): string {
  return links(Array.from({ length: Math.min(MENU_ENTRIES, count) }, (_, entry) => entry));
}

function children(index: number, { count, fanout }: Shape): readonly number[] {
  const first = index * fanout + 1;
  const length = Math.max(0, Math.min(fanout, count - first));
  return Array.from({ length }, (_, offset) => first + offset);
}

function elsewhere(index: number, { count }: Shape): readonly number[] {
  return Array.from({ length: CROSS_LINKS }, (_, turn) => (index * 7 + turn * 31 + 3) % count);
}

function links(indexes: readonly number[]): string {
  return indexes
    .map((index) => `<li><a href="${generatedPath(index)}">Notes on subject ${index}</a></li>`)
    .join('');
}

function* sections(index: number, textBytes: number): Generator<string> {
  let written = 0;
  for (let section = 1; written < textBytes; section++) {
    const text = paragraph(index + section).slice(0, textBytes - written);
    written += text.length;
    yield `<section id="s${section}"><h2>Part ${section} of page ${index}</h2><p>${text}</p></section>\n`;
  }
}

function paragraph(seed: number): string {
  return Array.from({ length: SENTENCES_PER_SECTION }, (_, line) => sentence(seed + line)).join(' ');
}

function sentence(seed: number): string {
  const words = Array.from(
    { length: WORDS_PER_SENTENCE },
    (_, at) => WORDS[(seed * 5 + at * 7) % WORDS.length],
  );
  return `No ${seed} ${words.join(' ')}.`;
}
