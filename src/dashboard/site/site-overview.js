/** @import { Arrangement, Board, Group, Task } from './types.js' */
import { ApiError, call } from './api.js';
import { byId, foldedItem, make, newTabLink, setText } from './elements.js';
import { countWord, nameOrUrl, numberWord, shortUrl } from './words.js';

const EVERY_MS = 5000;

/** Boards and groups of the site that a crawl visits: worked out when a crawl of it ends. */
export class ArrangementSection {
  #section = byId('arrangement', 'section');
  #hint = byId('arrangement-hint', 'p');
  #boards = byId('board-list', 'ul');
  #groups = byId('group-list', 'ul');
  #shown = '';
  /** Task and status that were looked at last, and when. */
  #looked = { of: '', at: 0 };

  clear() {
    this.#section.hidden = true;
    this.#boards.replaceChildren();
    this.#groups.replaceChildren();
    this.#shown = '';
    this.#looked = { of: '', at: 0 };
  }

  /**
   * Looks now and then, and at once when the crawl's status has changed.
   * @param {Task} task
   * @param {AbortSignal} signal
   */
  async refresh({ task_id, kind, status, url }, signal) {
    const of = `${task_id} ${status}`;
    if (kind !== 'crawl' || (of === this.#looked.of && Date.now() - this.#looked.at < EVERY_MS)) return;
    this.#looked = { of, at: Date.now() };
    try {
      const answer = await call(`/api/v1/structure?limit=1&url=${encodeURIComponent(url)}`);
      if (!signal.aborted) this.#draw(answer, status === 'completed');
    } catch (error) {
      // Before its first page is stored, the site is not on the map.
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }

  /**
   * @param {Arrangement} arrangement
   * @param {boolean} isComplete
   */
  #draw({ boards, board_count, groups, group_count }, isComplete) {
    const isKnown = isComplete || board_count + group_count > 0;
    setText(this.#hint, hintOf(isComplete, isKnown));
    setText(
      byId('boards-title', 'h4'),
      `Boards: lists in many pages (${countOf(board_count, boards.length)})`,
    );
    setText(
      byId('groups-title', 'h4'),
      `Groups: pages of one layout (${countOf(group_count, groups.length)})`,
    );
    byId('no-boards', 'p').hidden = board_count > 0;
    byId('no-groups', 'p').hidden = group_count > 0;
    const drawn = JSON.stringify([boards, groups]);
    if (drawn !== this.#shown) {
      this.#shown = drawn;
      replaceItems(this.#boards, boards.map(boardItem));
      replaceItems(this.#groups, groups.map(groupItem));
    }
    this.#section.hidden = false;
  }
}

/**
 * What was open stays open.
 * @param {HTMLElement} list
 * @param {HTMLLIElement[]} items
 */
function replaceItems(list, items) {
  const open = new Set(
    [...list.children].filter((item) => item.querySelector('details[open]')).map(({ id }) => id),
  );
  for (const item of items) item.querySelector('details')?.toggleAttribute('open', open.has(item.id));
  list.replaceChildren(...items);
}

/**
 * @param {boolean} isComplete
 * @param {boolean} isKnown
 */
function hintOf(isComplete, isKnown) {
  if (isComplete) return '';
  return isKnown
    ? 'As of the last crawl of the site that ended.'
    : 'They are worked out after the last page.';
}

/**
 * @param {number} count
 * @param {number} shown
 */
function countOf(count, shown) {
  return count > shown ? `${numberWord(count)}, the largest ${numberWord(shown)} below` : numberWord(count);
}

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

/**
 * A group, with its summary and examples when it is opened.
 * @param {Group} group
 */
export function groupItem({ id, name, pattern, page_count, summary, examples }) {
  return foldedItem(`group-${id}`, {
    title: nameOrUrl(name, pattern),
    facts: `${countWord(page_count, 'page')} · ${shortUrl(pattern)}`,
    body: [
      ...(summary === null ? [] : [make('p', { class: 'excerpt' }, summary)]),
      make('ul', { class: 'links' }, ...examples.map(example)),
    ],
  });
}

/** @param {Group['examples'][number]} page */
function example({ url, title }) {
  return make('li', {}, 'For example ', newTabLink(url, nameOrUrl(title, url)));
}
