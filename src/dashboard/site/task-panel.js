/** @import { Deliveries, ReasonCount, Summaries, Task } from './types.js' */
import { call, errorMessage } from './api.js';
import { byId, make, setText, withCodeElements } from './elements.js';
import { formatCount, formatDuration, formatNumber, shortUrl, stateLabel, statusLabel } from './format.js';
import { LedgerTable } from './ledger-table.js';
import { followEvents, throttle } from './live-updates.js';
import { MapSearch } from './map-search.js';
import { PageList } from './page-list.js';
import { SiteOverviewSection } from './site-overview.js';

const TASK_EVERY_MS = 1000;
const REASONS_EVERY_MS = 5000;
const DELIVERIES_EVERY_MS = 2000;
const ENDED = ['completed', 'failed', 'cancelled'];

/** The selected crawl: its state, its results, and the buttons that pause, resume and cancel it. */
export class TaskPanel {
  #body = byId('task-body', 'div');
  #title = byId('task-title', 'h2');
  #problem = byId('task-problem', 'p');
  #status = byId('task-status', 'span');
  #buttons = {
    pause: byId('pause', 'button'),
    resume: byId('resume', 'button'),
    cancel: byId('cancel', 'button'),
  };
  #search = new MapSearch();
  #pages = new PageList();
  #ledger = new LedgerTable();
  #overview = new SiteOverviewSection();
  #following = new AbortController();
  #onChange;
  /** @type {string | null} */
  #path = null;

  /** @param {() => void} onChange called when the crawl's state may have changed */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#buttons.pause.addEventListener('click', () => this.#change('POST', '/pause'));
    this.#buttons.resume.addEventListener('click', () => this.#change('POST', '/resume'));
    this.#buttons.cancel.addEventListener('click', () => byId('cancel-dialog', 'dialog').showModal());
    byId('cancel-dialog', 'dialog').addEventListener('close', ({ target }) => {
      const dialog = /** @type {HTMLDialogElement} */ (target);
      if (dialog.returnValue === 'cancel') this.#change('DELETE', '');
      dialog.returnValue = '';
    });
  }

  /** @param {string | null} taskId */
  show(taskId) {
    this.#following.abort();
    this.#path = taskId === null ? null : `/api/v1/tasks/${encodeURIComponent(taskId)}`;
    this.#body.hidden = true;
    byId('task-none', 'p').hidden = taskId !== null;
    setText(this.#title, taskId === null ? 'No crawl selected' : 'Loading…');
    setText(this.#problem, '');
    byId('reasons', 'section').hidden = true;
    this.#search.clear();
    this.#pages.clear();
    this.#ledger.clear();
    this.#overview.clear();
    if (this.#path !== null) this.#follow(this.#path);
  }

  /** @param {string} path */
  #follow(path) {
    this.#following = new AbortController();
    const { signal } = this.#following;
    const load = throttle(async () => {
      const task = await this.#load(path, signal);
      if (task !== null && isStillSending(task)) setTimeout(load, DELIVERIES_EVERY_MS);
    }, TASK_EVERY_MS);
    const loadReasons = throttle(() => this.#loadReasons(path, signal), REASONS_EVERY_MS);
    const loadAll = () => {
      load();
      loadReasons();
    };
    loadAll();
    followEvents(`${path}/events`, loadAll, signal).then(loadAll);
  }

  /**
   * @param {string} path
   * @param {AbortSignal} signal
   * @returns {Promise<Task | null>} null if the task could not be loaded or is no longer shown
   */
  async #load(path, signal) {
    if (signal.aborted) return null;
    try {
      const task = await call(path);
      if (signal.aborted) return null;
      this.#draw(task);
      this.#search.follow(task);
      await this.#pages.refresh(task, signal);
      this.#ledger.follow(task.links.ledger);
      await this.#overview.refresh(task, signal);
      this.#onChange();
      return task;
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
      return null;
    }
  }

  /**
   * @param {string} path
   * @param {AbortSignal} signal
   */
  async #loadReasons(path, signal) {
    if (signal.aborted) return;
    try {
      const { reasons } = await call(`${path}/reasons`);
      if (!signal.aborted) drawReasons(reasons);
    } catch {
      // Loading the task itself reports the same error.
    }
  }

  /** @param {Task} task */
  #draw(task) {
    setText(this.#title, shortUrl(task.url));
    setText(this.#status, statusLabel(task.status));
    this.#status.className = `status ${task.status}`;
    setText(byId('task-message', 'span'), task.message === statusLabel(task.status) ? '' : task.message);
    setText(byId('task-time', 'span'), timeOf(task));
    setText(this.#problem, task.error === null ? '' : `${task.error.message} (${task.error.code})`);
    const progress = byId('task-progress', 'progress');
    progress.value = task.progress;
    progress.hidden = ENDED.includes(task.status);
    this.#buttons.pause.hidden = task.status !== 'pending' && task.status !== 'in_progress';
    this.#buttons.resume.hidden = task.status !== 'paused' && task.status !== 'failed';
    this.#buttons.cancel.hidden = ENDED.includes(task.status);
    drawCounts(task);
    drawTaskFacts(task);
    this.#body.hidden = false;
  }

  /**
   * @param {string} method
   * @param {string} action
   */
  async #change(method, action) {
    const path = this.#path;
    if (path === null) return;
    for (const button of Object.values(this.#buttons)) button.disabled = true;
    try {
      await call(path + action, { method });
      this.show(path.slice(path.lastIndexOf('/') + 1));
    } catch (error) {
      this.#fail(error);
    } finally {
      for (const button of Object.values(this.#buttons)) button.disabled = false;
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    setText(this.#problem, errorMessage(error));
    if (this.#body.hidden) setText(this.#title, 'Could not load this crawl');
    this.#body.hidden = false;
  }
}

/**
 * Whether webhook messages of an ended crawl are still being sent. The event stream ends before that.
 * @param {Task} task
 */
function isStillSending({ status, deliveries }) {
  return ENDED.includes(status) && deliveries?.ended === false;
}

/** @param {Task} task */
function timeOf({ started_at, finished_at, result }) {
  if (result !== null)
    return `${formatDuration(result.execution_time)}, ${result.pages_per_second.toFixed(1)} pages/s`;
  if (started_at === null) return '';
  const end = finished_at === null ? Date.now() : Date.parse(finished_at);
  return `${formatDuration((end - Date.parse(started_at)) / 1000)} since the start`;
}

/** @param {Task} task */
function drawCounts({ counts, result }) {
  const { pending = 0, active = 0, ...ended } = counts;
  const figures =
    result === null
      ? { ...ended, pending, active }
      : { ...ended, sections: result.sections, links: result.links };
  byId('counts', 'dl').replaceChildren(
    ...Object.entries(figures).map(([state, count]) => tile(stateLabel(state), count)),
  );
}

/**
 * @param {string} name
 * @param {number} count
 */
function tile(name, count) {
  return make('div', {}, make('dt', {}, name), make('dd', {}, formatNumber(count)));
}

/** @param {ReasonCount[]} reasons */
function drawReasons(reasons) {
  byId('reasons', 'section').hidden = reasons.length === 0;
  byId('reason-rows', 'tbody').replaceChildren(
    ...reasons.map(({ reason, state, title, count }) =>
      make(
        'tr',
        {},
        make('th', { scope: 'row' }, ...withCodeElements(title), ' ', make('small', {}, reason)),
        make('td', {}, stateLabel(state)),
        make('td', { class: 'number' }, formatNumber(count)),
      ),
    ),
  );
}

/**
 * Shows the summaries and the webhook of a task that requested them.
 * @param {Task} task
 */
export function drawTaskFacts(task) {
  byId('summaries', 'section').hidden = task.options.summarize !== true;
  setText(byId('summary-words', 'p'), summaryText(task));
  byId('webhook', 'section').hidden = task.webhook === null;
  setText(byId('webhook-words', 'p'), webhookText(task));
  setText(byId('webhook-problem', 'p'), deliveryProblem(task.deliveries));
}

/** @param {Task} task */
function summaryText({ status, result }) {
  if (result?.summaries !== undefined) return coverageText(result.summaries);
  if (status === 'in_progress') return 'Generated during the crawl; the counts appear at its end.';
  return status === 'completed'
    ? 'No counts available.'
    : 'Requested; the counts appear when the crawl ends.';
}

/** @param {Summaries} summaries */
function coverageText({ made, cached, missing, calls, tokens, by }) {
  const counts = `${formatNumber(made)} generated, ${formatNumber(cached)} reused, ${formatNumber(missing)} missing`;
  if (by === 'extractive') return `${counts}. Extracted from the text, without a model.`;
  return `${counts}. By ${by}: ${formatCount(calls, 'call')}, ${formatCount(tokens, 'token')}.`;
}

/** @param {Task} task */
function webhookText({ webhook, deliveries }) {
  if (webhook === null) return '';
  const { url, events, has_secret } = webhook;
  const signed = has_secret ? 'signed' : 'not signed';
  const { delivered = 0, dropped = 0 } = deliveries ?? {};
  const sent = `${formatCount(delivered, 'message')} delivered, ${formatNumber(dropped)} dropped`;
  return `${shortUrl(url)} receives ${events.join(', ')} (${signed}). ${sent}.`;
}

/** @param {Deliveries} [deliveries] */
function deliveryProblem(deliveries) {
  if (deliveries === undefined || deliveries.last_error === null) return '';
  const { failures, dropped, last_error } = deliveries;
  if (failures > 1) return `The last ${formatNumber(failures)} attempts failed: ${last_error}.`;
  return failures === 1 || dropped > 0 ? `The last attempt failed: ${last_error}.` : '';
}
