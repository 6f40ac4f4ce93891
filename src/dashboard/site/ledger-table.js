/** @import { LedgerRow } from './types.js' */
import { call, errorMessage } from './api.js';
import { byId, make } from './elements.js';
import { shortUrl, stateLabel } from './format.js';

const STEP = 100;

/** Every URL of a crawl with its state and reason. The rows load when the table is opened. */
export class LedgerTable {
  #details = byId('ledger', 'details');
  #state = byId('ledger-state', 'select');
  #rows = byId('ledger-rows', 'tbody');
  #more = byId('more-ledger', 'button');
  /** @type {string | null} */
  #path = null;
  /** @type {string | null} */
  #next = null;

  constructor() {
    const reload = () => this.#load();
    this.#details.addEventListener('toggle', reload);
    this.#state.addEventListener('change', reload);
    byId('refresh-ledger', 'button').addEventListener('click', reload);
    this.#more.addEventListener('click', () => this.#append(this.#next));
  }

  clear() {
    this.#path = null;
    this.#next = null;
    this.#rows.replaceChildren();
    this.#more.hidden = true;
  }

  /** @param {string} path */
  follow(path) {
    if (this.#path === path) return;
    this.#path = path;
    this.#load();
  }

  #load() {
    this.#rows.replaceChildren();
    if (!this.#details.open || this.#path === null) return;
    const state = this.#state.value === '' ? '' : `&state=${this.#state.value}`;
    this.#append(`${this.#path}?limit=${STEP}${state}`);
  }

  /** @param {string | null} path */
  async #append(path) {
    if (path === null) return;
    this.#next = path;
    this.#more.disabled = true;
    try {
      const { urls, next } = await call(path);
      if (this.#next !== path) return;
      this.#next = next;
      this.#rows.append(...urls.map(tableRow));
      this.#more.hidden = next === null;
    } catch (error) {
      this.#rows.append(make('tr', {}, make('td', { colspan: '3', class: 'problem' }, errorMessage(error))));
    } finally {
      this.#more.disabled = false;
    }
  }
}

/** @param {LedgerRow} row */
function tableRow({ url, state, reason, detail, target }) {
  const why = [reason, detail, target === null ? null : `→ ${shortUrl(target)}`].filter(
    (word) => word !== null,
  );
  return make(
    'tr',
    {},
    make('th', { scope: 'row' }, shortUrl(url)),
    make('td', {}, stateLabel(state)),
    make('td', {}, why.join(', ')),
  );
}
