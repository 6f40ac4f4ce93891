import type { ParseJob } from '../../src/ports/parse-pool.ts';

/** HTML that parse5 parses in quadratic time in the number of attributes on its one tag. */
export function quadraticHtml(attributes: number): string {
  const tag = Array.from({ length: attributes }, (_, n) => `a${n}=1`).join(' ');
  return `<!doctype html><title>Heavy</title><p ${tag}>Heavy</p>`;
}

export function quadraticPage(url: string, attributes: number): ParseJob {
  return {
    url,
    body: quadraticHtml(attributes),
    contentType: 'text/html; charset=utf-8',
    charset: null,
    scope: { hosts: [new URL(url).hostname], subdomains: false, include: [], exclude: [], hashRoutes: false },
  };
}
