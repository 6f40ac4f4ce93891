/** @import { Board } from './types.js' */

import { make } from './elements.js';
import { foldedItem } from './folded-item.js';
import { newTabLink } from './new-tab-link.js';
import { countWord, nameOrUrl, numberWord, shortUrl } from './words.js';

/** @type {Readonly<Record<Board['strategy'], string>>} */
const STRATEGIES = {
  all: 'visited whole',
  representative: 'visited: the first three pages and the last',
  sampling: 'visited: a sample',
};

/**
 * A board, with its visited pages when it is opened.
 * @param {Board} board
 */
export function boardItem(board) {
  const { id, pattern, page_count, pages, repeats } = board;
  const left = page_count - pages.length;
  return foldedItem(`board-${id}`, {
    title: shortUrl(pattern),
    facts: [extentOf(board), wayOf(board), ...(repeats ? ['goes on without end'] : [])].join(' · '),
    body: [
      make('ul', { class: 'links' }, ...pages.map(pageLink)),
      ...(left > 0 ? [make('p', { class: 'hint' }, `and ${countWord(left, 'further page')}`)] : []),
    ],
  });
}

/** @param {Board} board */
function extentOf({ page_count, total_pages, total_checked }) {
  if (total_pages === null) return `${countWord(page_count, 'page')} of an unknown number`;
  const about = total_checked ? '' : 'about ';
  return `${numberWord(page_count)} of ${about}${countWord(total_pages, 'page')}`;
}

/** @param {Board} board */
function wayOf({ strategy, total_pages }) {
  return total_pages === null ? 'visited: its first pages' : STRATEGIES[strategy];
}

/** @param {Board['pages'][number]} page */
function pageLink({ page, url, title }) {
  return make('li', {}, `Page ${numberWord(page)}: `, newTabLink(url, nameOrUrl(title, url)));
}
