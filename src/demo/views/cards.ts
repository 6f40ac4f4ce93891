import { type Html, html } from '../html.ts';

export interface Card {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  /** A line above the title. */
  readonly kicker?: string;
}

/** Cards in a grid, each a heading that links to its page and a line of text. */
export function cards(entries: readonly Card[], level: 2 | 3 = 3): Html {
  return html`<ul class="cards">${entries.map((entry) => card(entry, level))}</ul>`;
}

function card({ path, title, text, kicker }: Card, level: 2 | 3): Html {
  const link = html`<a href="${path}">${title}</a>`;
  return html`<li class="card">
${kicker === undefined ? null : html`<p class="kicker">${kicker}</p>`}
${level === 2 ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`}
<p>${text}</p>
</li>`;
}
