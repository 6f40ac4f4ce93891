/** @import { Task } from './types.js' */
import { call } from './api.js';
import { byId, make } from './elements.js';
import { formatCount, formatTime, shortUrl, statusLabel } from './format.js';

const STEP = 10;

/** The list of crawls, the newest first. */
export class TaskList {
  #list = byId('tasks', 'ol');
  #none = byId('no-tasks', 'p');
  #more = byId('more-tasks', 'button');
  #limit = STEP;
  #shown = '';
  /** @type {Task[]} */
  #tasks = [];
  /** @type {string | null} */
  #selected = null;

  constructor() {
    this.#more.addEventListener('click', () => {
      this.#limit = Math.min(this.#limit + STEP, 200);
      this.refresh();
    });
  }

  async refresh() {
    const { tasks, next } = await call(`/api/v1/tasks?limit=${this.#limit}`);
    this.#tasks = tasks;
    this.#none.hidden = tasks.length > 0;
    this.#more.hidden = next === null || this.#limit >= 200;
    this.#draw();
  }

  /** @param {string | null} taskId */
  select(taskId) {
    this.#selected = taskId;
    this.#draw();
  }

  /** @returns {string | null} the id of the newest task */
  newest() {
    return this.#tasks[0]?.task_id ?? null;
  }

  /** Redraws the list if it has changed. The focused link keeps the focus. */
  #draw() {
    const items = this.#tasks.map((task) => this.#item(task));
    const drawn = items.map(({ outerHTML }) => outerHTML).join('');
    if (drawn === this.#shown) return;
    this.#shown = drawn;
    const focused = document.activeElement?.getAttribute('href') ?? '';
    const hadFocus = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(...items);
    if (hadFocus)
      /** @type {HTMLElement | null} */ (
        this.#list.querySelector(`[href="${CSS.escape(focused)}"]`)
      )?.focus();
  }

  /** @param {Task} task */
  #item(task) {
    const { task_id, url, status, counts, created_at } = task;
    return make(
      'li',
      {},
      make(
        'a',
        { href: `#/tasks/${task_id}`, 'aria-current': task_id === this.#selected ? 'true' : null },
        make('span', { class: 'site' }, shortUrl(url)),
        make('span', { class: `status ${status}` }, statusLabel(status)),
        make('span', { class: 'quiet' }, formatTime(created_at)),
        make('span', { class: 'quiet' }, formatCount(counts['done'] ?? 0, 'page')),
      ),
    );
  }
}
