import { type Fragment, type Html, html } from '../html.ts';

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
