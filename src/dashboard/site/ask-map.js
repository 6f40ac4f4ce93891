/** @import { Hit, Task } from './types.js' */
import { call, wordsOf } from './api.js';
import { byId, foldedItem, make, newTabLink, setText } from './elements.js';
import { countWord, nameOrUrl, shortUrl } from './words.js';

const MOST_HITS = 5;

/** Asks the map of the chosen crawl's site where something is, and shows the ways to it. */
export class AskMap {
  #section = byId('ask', 'section');
  #form = byId('ask-form', 'form');
  #question = byId('question', 'input');
  #problem = byId('ask-problem', 'p');
  #answer = byId('ask-answer', 'p');
  #hits = byId('hits', 'ol');
  /** @type {string | null} */
  #site = null;
  /** What is being asked: the answer to an earlier question comes too late. */
  #asking = '';

  constructor() {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask();
    });
  }

  clear() {
    this.#site = null;
    this.#asking = '';
    this.#section.hidden = true;
    this.#form.reset();
    this.#show('', []);
  }

  /** @param {Task} task */
  follow({ kind, url, counts }) {
    this.#site = url;
    this.#section.hidden = kind !== 'crawl' || (counts['done'] ?? 0) === 0;
  }

  async #ask() {
    if (this.#site === null) return;
    const words = new URLSearchParams({
      q: this.#question.value,
      site: this.#site,
      limit: String(MOST_HITS),
    });
    const asking = words.toString();
    this.#asking = asking;
    try {
      const { hits } = await call(`/api/v1/search?${words}`);
      if (asking === this.#asking) this.#show(answerWords(hits), hits.map(hitItem));
    } catch (error) {
      if (asking === this.#asking) this.#show('', [], wordsOf(error));
    }
  }

  /**
   * @param {string} words
   * @param {HTMLLIElement[]} items
   * @param {string} problem
   */
  #show(words, items, problem = '') {
    setText(this.#problem, problem);
    setText(this.#answer, words);
    this.#hits.replaceChildren(...items);
    items[0]?.querySelector('details')?.setAttribute('open', '');
  }
}

/** @param {Hit[]} hits */
function answerWords({ length }) {
  if (length === 0) return 'Nothing on the map is meant by this.';
  return length === 1 ? 'One answer.' : `${countWord(length, 'answer')}, the best first.`;
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
    facts: `${shortUrl(address)} · ${distanceWord(status, clicks)}`,
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
 * How far it is from the first page.
 * @param {Hit['status']} status
 * @param {number | null} clicks
 */
function distanceWord(status, clicks) {
  if (status === 'here') return 'on the first page';
  return clicks === null ? 'no links lead there' : `${countWord(clicks, 'click')} from the first page`;
}
