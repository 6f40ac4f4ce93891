const FANOUT = 7;
const SENTENCE = 'The harbour opens at dawn and the ferries leave for the islands every hour. ';

/**
 * Page i of a site of n pages, linked as a tree with a menu and a link back; null if there is none. Its paths and labels
 * must not look like a paginated list.
 */
export function generatedPage(path: string, n: number, textBytes: number): string | null {
  const i = path === '/' ? 0 : Number(/^\/subject-(\d+)\/notes$/.exec(path)?.[1] ?? Number.NaN);
  if (!(i >= 0 && i < n)) return null;
  const children = Array.from({ length: FANOUT }, (_, k) => i * FANOUT + k + 1).filter((child) => child < n);
  const text = SENTENCE.repeat(Math.ceil(textBytes / SENTENCE.length));
  return `<!doctype html><html lang="en"><head><title>Page ${i}</title></head><body>
<header><nav aria-label="Main">${link(0)} ${link(1)} ${link(2)}</nav></header>
<main><h1>Page ${i}</h1><p>${text}</p><h2>Further</h2><ul>${children.map((child) => `<li>${link(child)}</li>`).join('')}</ul></main>
<footer><a href="/">Start</a></footer></body></html>`;
}

function link(i: number): string {
  return `<a href="${i === 0 ? '/' : `/subject-${i}/notes`}">Notes on subject ${i}</a>`;
}
