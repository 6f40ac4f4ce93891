/** @import { Page, PageDetail, Section, Task } from './types.js' */
import { call, errorMessage } from './api.js';
import { byId, make, newTabLink } from './elements.js';
import { excerpt, formatCount, nameOrUrl, shortUrl } from './format.js';

/** Pages that appear without a click; a button loads further ones. */
const INITIAL_PAGES = 50;
const SECTION_CHARACTERS = 280;
const MAX_SECTIONS = 200;

/** The pages of a crawl. An opened page shows its sections. */
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
   * Adds those of the first pages that are not shown yet.
   * @param {Task} task
   * @param {AbortSignal} signal
   */
  async refresh(task, signal) {
    if (this.#urls.size >= INITIAL_PAGES) return;
    const batch = await call(`${task.links.pages}?limit=${INITIAL_PAGES}`);
    if (!signal.aborted) this.#add(batch);
  }

  async #showMore() {
    if (this.#next === null) return;
    this.#more.disabled = true;
    const next = this.#next;
    try {
      const batch = await call(next);
      if (next === this.#next) this.#add(batch);
    } finally {
      this.#more.disabled = false;
    }
  }

  /** @param {{ pages: Page[], next: string | null }} batch */
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
  const figures = `${formatCount(section_count, 'section')}, ${formatCount(link_count, 'link')}`;
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
    if (left > 0) body.append(make('p', { class: 'hint' }, `and ${formatCount(left, 'further section')}`));
  } catch (error) {
    body.append(make('p', { class: 'problem' }, errorMessage(error)));
  }
}

/** @param {Section} section */
function sectionItem({ type, heading, label, text, summary }) {
  const name = heading ?? label;
  const shown = excerpt(summary ?? text, SECTION_CHARACTERS);
  return make(
    'li',
    {},
    make('span', { class: 'kind' }, type),
    ' ',
    make('strong', {}, name ?? ''),
    make('p', { class: 'excerpt' }, shown),
  );
}
