import type { ParseJob } from '../../src/ports/parse-pool.ts';

/** Open elements that every end tag of the page makes parse5 walk through. */
const DEPTH = 500;

/** HTML whose parsing takes about a second of CPU time for 100,000 end tags: they close nothing in a deep SVG image. */
export function slowHtml(endTags: number): string {
  return `<!doctype html><title>Heavy</title><p>Heavy</p><svg>${'<g>'.repeat(DEPTH)}${'</x>'.repeat(endTags)}`;
}

export function slowPage(url: string, endTags: number): ParseJob {
  return {
    url,
    body: slowHtml(endTags),
    contentType: 'text/html; charset=utf-8',
    charset: null,
    scope: { hosts: [new URL(url).hostname], subdomains: false, include: [], exclude: [], hashRoutes: false },
  };
}
