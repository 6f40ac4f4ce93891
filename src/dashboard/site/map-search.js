/** @import { Hit, Task } from './types.js' */
import { call, errorMessage } from './api.js';
import { byId, foldedItem, make, newTabLink, setText } from './elements.js';
import { formatCount, nameOrUrl, shortUrl } from './format.js';

const MAX_HITS = 5;

/** Searches the site of the selected crawl and shows the route to each hit. */
export class MapSearch {
  #section = byId('search', 'section');
  #form = byId('search-form', 'form');
  #query = byId('question', 'input');
  #problem = byId('search-problem', 'p');
  #result = byId('search-result', 'p');
  #hits = byId('hits', 'ol');
  /** @type {string | null} */
  #site = null;
  /** The latest search. A response to an earlier one is dropped. */
  #latest = '';

  constructor() {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#search();
    });
  }

  clear() {
    this.#site = null;
    this.#latest = '';
    this.#section.hidden = true;
    this.#form.reset();
    this.#show('', []);
  }

  /** @param {Task} task */
  follow({ kind, url, counts }) {
    this.#site = url;
    this.#section.hidden = kind !== 'crawl' || (counts['done'] ?? 0) === 0;
  }

  async #search() {
    if (this.#site === null) return;
    const query = new URLSearchParams({
      q: this.#query.value,
      site: this.#site,
      limit: String(MAX_HITS),
    });
    const search = query.toString();
    this.#latest = search;
    try {
      const { hits } = await call(`/api/v1/search?${query}`);
      if (search === this.#latest) this.#show(resultText(hits, query.get('q') ?? ''), hits.map(hitItem));
    } catch (error) {
      if (search === this.#latest) this.#show('', [], errorMessage(error));
    }
  }

  /**
   * @param {string} result
   * @param {HTMLLIElement[]} items
   * @param {string} problem
   */
  #show(result, items, problem = '') {
    setText(this.#problem, problem);
    setText(this.#result, result);
    this.#hits.replaceChildren(...items);
    items[0]?.querySelector('details')?.setAttribute('open', '');
  }
}

/**
 * @param {Hit[]} hits
 * @param {string} query
 */
function resultText({ length }, query) {
  if (length === 0) return `No page matches “${query}”. Try fewer or other words.`;
  return length === 1 ? 'One result.' : `${formatCount(length, 'result')}, best match first.`;
}

/**
 * @param {Hit} hit
 * @param {number} index
 */
function hitItem({ status, target, clicks, steps, snippet }, index) {
  const { url, title, heading, fragment } = target;
  const name = heading ?? title;
  const address = fragment === null || fragment === '' ? url : `${url}#${fragment}`;
  return foldedItem(`hit-${index}`, {
    title: nameOrUrl(name, url),
    facts: `${shortUrl(address)} · ${distanceText(status, clicks)}`,
    body: [
      ...(snippet === '' || snippet === name ? [] : [make('p', { class: 'excerpt' }, snippet)]),
      ...(steps.length === 0
        ? []
        : [make('ol', { class: 'steps' }, ...steps.map(({ instruction }) => make('li', {}, instruction)))]),
      newTabLink(address, `Open ${shortUrl(address)} in a new tab`, 'source'),
    ],
  });
}

/**
 * The distance from the first page.
 * @param {Hit['status']} status
 * @param {number | null} clicks
 */
function distanceText(status, clicks) {
  if (status === 'here') return 'on the first page';
  return clicks === null
    ? 'no route from the first page'
    : `${formatCount(clicks, 'click')} from the first page`;
}
