/** @import { SiteOverview, PaginatedList, Group, Task } from './types.js' */
import { ApiError, call } from './api.js';
import { byId, foldedItem, make, newTabLink, setText } from './elements.js';
import { formatCount, formatNumber, nameOrUrl, shortUrl } from './format.js';

const EVERY_MS = 5000;

/** The paginated lists and groups of the crawled site. A crawl saves them when it ends. */
export class SiteOverviewSection {
  #section = byId('overview', 'section');
  #hint = byId('overview-hint', 'p');
  #lists = byId('lists', 'ul');
  #groups = byId('groups', 'ul');
  #shown = '';
  /** Task and status of the last load, and its time. */
  #loaded = { of: '', at: 0 };

  clear() {
    this.#section.hidden = true;
    this.#lists.replaceChildren();
    this.#groups.replaceChildren();
    this.#shown = '';
    this.#loaded = { of: '', at: 0 };
  }

  /**
   * Loads the overview at intervals, and at once when the crawl's status has changed.
   * @param {Task} task
   * @param {AbortSignal} signal
   */
  async refresh({ task_id, kind, status, url }, signal) {
    const of = `${task_id} ${status}`;
    if (kind !== 'crawl' || (of === this.#loaded.of && Date.now() - this.#loaded.at < EVERY_MS)) return;
    this.#loaded = { of, at: Date.now() };
    try {
      const overview = await call(`/api/v1/structure?limit=1&url=${encodeURIComponent(url)}`);
      if (!signal.aborted) this.#draw(overview, status === 'completed');
    } catch (error) {
      // The map has no site before its first page is stored.
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }

  /**
   * @param {SiteOverview} overview
   * @param {boolean} isComplete
   */
  #draw({ boards, board_count, groups, group_count }, isComplete) {
    const isKnown = isComplete || board_count + group_count > 0;
    setText(this.#hint, hintOf(isComplete, isKnown));
    setText(byId('lists-title', 'h4'), `Paginated lists (${countOf(board_count, boards.length)})`);
    setText(
      byId('groups-title', 'h4'),
      `Groups of pages with the same layout (${countOf(group_count, groups.length)})`,
    );
    byId('no-lists', 'p').hidden = board_count > 0;
    byId('no-groups', 'p').hidden = group_count > 0;
    const drawn = JSON.stringify([boards, groups]);
    if (drawn !== this.#shown) {
      this.#shown = drawn;
      replaceItems(this.#lists, boards.map(listItem));
      replaceItems(this.#groups, groups.map(groupItem));
    }
    this.#section.hidden = false;
  }
}

/**
 * Replaces the items of a list. Opened items stay open.
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
    ? 'From the last finished crawl of this site.'
    : 'The crawl determines these after its last page.';
}

/**
 * @param {number} count
 * @param {number} shown
 */
function countOf(count, shown) {
  return count > shown
    ? `${formatNumber(count)}, the largest ${formatNumber(shown)} below`
    : formatNumber(count);
}

/** @type {Readonly<Record<PaginatedList['strategy'], string>>} */
const STRATEGIES = {
  all: 'visited: every page',
  representative: 'visited: the first three pages and the last',
  sampling: 'visited: a sample',
};

/**
 * A paginated list. Opened, it shows its visited pages.
 * @param {PaginatedList} list
 */
export function listItem(list) {
  const { id, pattern, page_count, pages, repeats } = list;
  const left = page_count - pages.length;
  return foldedItem(`list-${id}`, {
    title: shortUrl(pattern),
    facts: [extentOf(list), coverageOf(list), ...(repeats ? ['endless: the same entries repeat'] : [])].join(
      ' · ',
    ),
    body: [
      make('ul', { class: 'links' }, ...pages.map(pageLink)),
      ...(left > 0 ? [make('p', { class: 'hint' }, `and ${formatCount(left, 'further page')}`)] : []),
    ],
  });
}

/** @param {PaginatedList} list */
function extentOf({ page_count, total_pages, total_checked }) {
  if (total_pages === null) return `${formatCount(page_count, 'page')} of an unknown total`;
  const about = total_checked ? '' : 'about ';
  return `${formatNumber(page_count)} of ${about}${formatCount(total_pages, 'page')}`;
}

/** @param {PaginatedList} list */
function coverageOf({ strategy, total_pages }) {
  return total_pages === null ? 'visited: its first pages' : STRATEGIES[strategy];
}

/** @param {PaginatedList['pages'][number]} page */
function pageLink({ page, url, title }) {
  return make('li', {}, `Page ${formatNumber(page)}: `, newTabLink(url, nameOrUrl(title, url)));
}

/**
 * A group of pages. Opened, it shows its summary and examples.
 * @param {Group} group
 */
export function groupItem({ id, name, pattern, page_count, summary, examples }) {
  return foldedItem(`group-${id}`, {
    title: nameOrUrl(name, pattern),
    facts: `${formatCount(page_count, 'page')} · ${shortUrl(pattern)}`,
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
