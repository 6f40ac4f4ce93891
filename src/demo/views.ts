import { type Crumb, type Fragment, type Html, html, type Page, page } from './page.ts';

export interface ArticleSection {
  /** The fragment that leads to it. */
  readonly id: string;
  readonly heading: string;
  readonly body: Html;
}

export interface Fact {
  readonly term: string;
  readonly value: string;
}

/** A text in headed sections, with a list of facts beside it. */
export interface Article {
  readonly path: string;
  readonly title: string;
  readonly lead: string;
  readonly above?: readonly Crumb[];
  readonly language?: Page['language'];
  /** A line above the title: a date, a kind. */
  readonly kicker?: string;
  readonly facts?: readonly Fact[];
  readonly sections: readonly ArticleSection[];
}

const ASIDE_LABELS = {
  en: { contents: 'On this page', facts: 'At a glance' },
  ko: { contents: '이 페이지에서', facts: '한눈에 보기' },
} as const;

export function articlePage(article: Article): Page {
  return page({
    path: article.path,
    title: article.title,
    description: article.lead,
    language: article.language ?? 'en',
    above: article.above ?? [],
    main: articleMain(article),
  });
}

function articleMain(article: Article): Html {
  return html`<div class="wrap with-aside">
<article>
${article.kicker === undefined ? null : html`<p class="kicker">${article.kicker}</p>`}
<h1>${article.title}</h1>
<p class="lead">${article.lead}</p>
${article.sections.map(articleSection)}
</article>
${articleAside(article)}
</div>`;
}

function articleSection({ id, heading, body }: ArticleSection): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
${body}
</section>
`;
}

function articleAside(article: Article): Html {
  const labels = ASIDE_LABELS[article.language ?? 'en'];
  return html`<aside class="side" aria-label="${labels.contents}">
<h2>${labels.contents}</h2>
<ul>${article.sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}</ul>
${article.facts === undefined ? null : factList(labels.facts, article.facts)}
</aside>`;
}

function factList(heading: string, facts: readonly Fact[]): Html {
  return html`<h2>${heading}</h2>
<dl>${facts.map(({ term, value }) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
}

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

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row is its header. */
  readonly rows: readonly (readonly [header: Fragment, ...cells: Fragment[]])[];
}

/** A table with a caption and header cells, in a box that scrolls sideways where it is narrow. */
export function table({ caption, columns, rows }: Table): Html {
  return html`<div class="table-box" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(([header, ...cells]) => html`<tr><th scope="row">${header}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table>
</div>`;
}
