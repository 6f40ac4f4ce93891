/** @import { Page, PageDetail, Section, Task } from './types.js' */
import { call, wordsOf } from './api.js';
import { byId, make, newTabLink } from './elements.js';
import { countWord, excerpt, nameOrUrl, shortUrl } from './words.js';

/** Pages that are shown by themselves as they come; further ones are asked for with a button. */
const AT_ONCE = 50;
const SECTION_CHARACTERS = 280;
const MAX_SECTIONS = 200;

/** The pages of a crawl, each with its sections when it is opened. */
export class PageList {
  #list = byId('pages', 'ol');
  #none = byId('no-pages', 'p');
  #more = byId('more-pages', 'button');
  /** @type {Set<string>} */
  #urls = new Set();
  /** @type {string | null} */
  #next = null;

  constructor() {
    this.#more.addEventListener('click', () => this.#showMore());
  }

  clear() {
    this.#list.replaceChildren();
    this.#urls.clear();
    this.#next = null;
    this.#more.hidden = true;
    this.#none.hidden = false;
  }

  /**
   * Adds the first pages that are not shown yet.
   * @param {Task} task
   * @param {AbortSignal} signal
   */
  async refresh(task, signal) {
    if (this.#urls.size >= AT_ONCE) return;
    const answer = await call(`${task.links.pages}?limit=${AT_ONCE}`);
    if (!signal.aborted) this.#add(answer);
  }

  async #showMore() {
    if (this.#next === null) return;
    this.#more.disabled = true;
    const next = this.#next;
    try {
      const answer = await call(next);
      if (next === this.#next) this.#add(answer);
    } finally {
      this.#more.disabled = false;
    }
  }

  /** @param {{ pages: Page[], next: string | null }} answer */
  #add({ pages, next }) {
    const fresh = pages.filter(({ url }) => !this.#urls.has(url));
    for (const { url } of fresh) this.#urls.add(url);
    this.#list.append(...fresh.map(item));
    this.#next = next;
    this.#more.hidden = next === null;
    this.#none.hidden = this.#urls.size > 0;
  }
}

/** @param {Page} page */
function item(page) {
  const { url, title, section_count, link_count } = page;
  const figures = `${countWord(section_count, 'section')}, ${countWord(link_count, 'link')}`;
  const body = make('div', { class: 'page-body' });
  const details = make(
    'details',
    {},
    make(
      'summary',
      {},
      make('span', { class: 'title' }, nameOrUrl(title, url)),
      make('span', { class: 'where' }, `${shortUrl(url)} · ${figures}`),
    ),
    body,
  );
  details.addEventListener('toggle', () => fill(body, url), { once: true });
  return make('li', {}, details);
}

/**
 * @param {HTMLElement} body
 * @param {string} url
 */
async function fill(body, url) {
  body.append(newTabLink(url, `Open ${shortUrl(url)} in a new tab`, 'source'));
  try {
    /** @type {PageDetail} */
    const page = await call(`/api/v1/page?url=${encodeURIComponent(url)}`);
    const { sections } = page.parsed;
    const about = page.summary ?? page.description;
    if (about !== null) body.append(make('p', { class: 'excerpt' }, about));
    body.append(make('ol', { class: 'sections' }, ...sections.slice(0, MAX_SECTIONS).map(sectionItem)));
    const left = sections.length - MAX_SECTIONS;
    if (left > 0) body.append(make('p', { class: 'hint' }, `and ${countWord(left, 'further section')}`));
  } catch (error) {
    body.append(make('p', { class: 'problem' }, wordsOf(error)));
  }
}

/** @param {Section} section */
function sectionItem({ type, heading, label, text, summary }) {
  const name = heading ?? label;
  const words = excerpt(summary ?? text, SECTION_CHARACTERS);
  return make(
    'li',
    {},
    make('span', { class: 'kind' }, type),
    ' ',
    make('strong', {}, name ?? ''),
    make('p', { class: 'excerpt' }, words),
  );
}
