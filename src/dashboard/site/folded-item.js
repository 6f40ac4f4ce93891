import { make } from './elements.js';

/**
 * An item of a list that shows more when it is opened.
 * @param {string} id
 * @param {{ title: string, facts: string, body: Node[] }} parts
 */
export function foldedItem(id, { title, facts, body }) {
  const summary = make(
    'summary',
    {},
    make('span', { class: 'title' }, title),
    make('span', { class: 'where' }, facts),
  );
  return make('li', { id }, make('details', {}, summary, make('div', { class: 'page-body' }, ...body)));
}
