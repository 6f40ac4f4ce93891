/** @import { Deliveries, ReasonCount, Summaries, Task } from './types.js' */
import { call, wordsOf } from './api.js';
import { AskMap } from './ask-map.js';
import { byId, make, setText, withCode } from './elements.js';
import { LedgerTable } from './ledger-table.js';
import { followEvents, paced } from './live-updates.js';
import { PageList } from './page-list.js';
import { ArrangementSection } from './site-overview.js';
import { countWord, lengthWord, numberWord, shortUrl, stateWord, statusWord } from './words.js';

const LOOK_EVERY_MS = 1000;
const REASONS_EVERY_MS = 5000;
const DELIVERIES_EVERY_MS = 2000;
const ENDED = ['completed', 'failed', 'cancelled'];

/** The chosen crawl: how it stands, what it found, and the buttons that steer it. */
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
  #ask = new AskMap();
  #pages = new PageList();
  #ledger = new LedgerTable();
  #arrangement = new ArrangementSection();
  #following = new AbortController();
  #onChange;
  /** @type {string | null} */
  #path = null;

  /** @param {() => void} onChange called when the crawl's standing may have changed */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#buttons.pause.addEventListener('click', () => this.#steer('POST', '/pause'));
    this.#buttons.resume.addEventListener('click', () => this.#steer('POST', '/resume'));
    this.#buttons.cancel.addEventListener('click', () => byId('cancel-dialog', 'dialog').showModal());
    byId('cancel-dialog', 'dialog').addEventListener('close', ({ target }) => {
      const dialog = /** @type {HTMLDialogElement} */ (target);
      if (dialog.returnValue === 'cancel') this.#steer('DELETE', '');
      dialog.returnValue = '';
    });
  }

  /** @param {string | null} taskId */
  show(taskId) {
    this.#following.abort();
    this.#path = taskId === null ? null : `/api/v1/tasks/${encodeURIComponent(taskId)}`;
    this.#body.hidden = true;
    byId('task-none', 'p').hidden = taskId !== null;
    setText(this.#title, taskId === null ? 'No crawl is chosen' : 'Loading…');
    setText(this.#problem, '');
    byId('reasons', 'section').hidden = true;
    this.#ask.clear();
    this.#pages.clear();
    this.#ledger.clear();
    this.#arrangement.clear();
    if (this.#path !== null) this.#follow(this.#path);
  }

  /** @param {string} path */
  #follow(path) {
    this.#following = new AbortController();
    const { signal } = this.#following;
    const look = paced(async () => {
      const task = await this.#look(path, signal);
      if (task !== null && hasMoreToTell(task)) setTimeout(look, DELIVERIES_EVERY_MS);
    }, LOOK_EVERY_MS);
    const lookWhy = paced(() => this.#lookWhy(path, signal), REASONS_EVERY_MS);
    const lookAll = () => {
      look();
      lookWhy();
    };
    lookAll();
    followEvents(`${path}/events`, lookAll, signal).then(lookAll);
  }

  /**
   * @param {string} path
   * @param {AbortSignal} signal
   * @returns {Promise<Task | null>} null if there is nothing to go on from
   */
  async #look(path, signal) {
    if (signal.aborted) return null;
    try {
      const task = await call(path);
      if (signal.aborted) return null;
      this.#draw(task);
      this.#ask.follow(task);
      await this.#pages.refresh(task, signal);
      this.#ledger.follow(task.links.ledger);
      await this.#arrangement.refresh(task, signal);
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
  async #lookWhy(path, signal) {
    if (signal.aborted) return;
    try {
      const { reasons } = await call(`${path}/reasons`);
      if (!signal.aborted) drawReasons(reasons);
    } catch {
      // The look at the task itself tells what is wrong.
    }
  }

  /** @param {Task} task */
  #draw(task) {
    setText(this.#title, shortUrl(task.url));
    setText(this.#status, statusWord(task.status));
    this.#status.className = `status ${task.status}`;
    setText(byId('task-message', 'span'), task.message === statusWord(task.status) ? '' : task.message);
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
  async #steer(method, action) {
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
    setText(this.#problem, wordsOf(error));
    if (this.#body.hidden) setText(this.#title, 'This crawl cannot be shown');
    this.#body.hidden = false;
  }
}

/**
 * Whether the webhook of a crawl that has ended is still being told; events end before that.
 * @param {Task} task
 */
function hasMoreToTell({ status, deliveries }) {
  return ENDED.includes(status) && deliveries?.ended === false;
}

/** @param {Task} task */
function timeOf({ started_at, finished_at, result }) {
  if (result !== null)
    return `${lengthWord(result.execution_time)}, ${result.pages_per_second.toFixed(1)} pages/s`;
  if (started_at === null) return '';
  const end = finished_at === null ? Date.now() : Date.parse(finished_at);
  return `${lengthWord((end - Date.parse(started_at)) / 1000)} since the start`;
}

/** @param {Task} task */
function drawCounts({ counts, result }) {
  const { pending = 0, active = 0, ...settled } = counts;
  const figures =
    result === null
      ? { ...settled, pending, active }
      : { ...settled, sections: result.sections, links: result.links };
  byId('counts', 'dl').replaceChildren(
    ...Object.entries(figures).map(([state, count]) => tile(stateWord(state), count)),
  );
}

/**
 * @param {string} name
 * @param {number} count
 */
function tile(name, count) {
  return make('div', {}, make('dt', {}, name), make('dd', {}, numberWord(count)));
}

/** @param {ReasonCount[]} reasons */
function drawReasons(reasons) {
  byId('reasons', 'section').hidden = reasons.length === 0;
  byId('reason-rows', 'tbody').replaceChildren(
    ...reasons.map(({ reason, state, title, count }) =>
      make(
        'tr',
        {},
        make('th', { scope: 'row' }, ...withCode(title), ' ', make('small', {}, reason)),
        make('td', {}, stateWord(state)),
        make('td', { class: 'number' }, numberWord(count)),
      ),
    ),
  );
}

/**
 * What became of the summaries and the webhook that a task asked for.
 * @param {Task} task
 */
export function drawTaskFacts(task) {
  byId('summaries', 'section').hidden = task.options.summarize !== true;
  setText(byId('summary-words', 'p'), summaryWords(task));
  byId('webhook', 'section').hidden = task.webhook === null;
  setText(byId('webhook-words', 'p'), webhookWords(task));
  setText(byId('webhook-problem', 'p'), problemWords(task.deliveries));
}

/** @param {Task} task */
function summaryWords({ status, result }) {
  if (result?.summaries !== undefined) return coverageWords(result.summaries);
  if (status === 'in_progress') return 'They are made beside the crawl, and counted at its end.';
  return status === 'completed' ? 'Not counted.' : 'Asked for; counted when the crawl has ended.';
}

/** @param {Summaries} summaries */
function coverageWords({ made, cached, missing, calls, tokens, by }) {
  const counts = `${numberWord(made)} made, ${numberWord(cached)} there already, ${numberWord(missing)} missing`;
  if (by === 'extractive') return `${counts}. Sentences picked from the text, without a model.`;
  return `${counts}. By ${by}: ${countWord(calls, 'call')}, ${countWord(tokens, 'token')}.`;
}

/** @param {Task} task */
function webhookWords({ webhook, deliveries }) {
  if (webhook === null) return '';
  const { url, events, has_secret } = webhook;
  const signed = has_secret ? 'signed' : 'not signed';
  const { delivered = 0, dropped = 0 } = deliveries ?? {};
  const sent = `${countWord(delivered, 'message')} delivered, ${numberWord(dropped)} dropped`;
  return `${shortUrl(url)} is told of ${events.join(', ')} (${signed}). ${sent}.`;
}

/** @param {Deliveries} [deliveries] */
function problemWords(deliveries) {
  if (deliveries === undefined || deliveries.last_error === null) return '';
  const { failures, dropped, last_error } = deliveries;
  if (failures > 1) return `The last ${numberWord(failures)} tries failed: ${last_error}.`;
  return failures === 1 || dropped > 0 ? `The last try failed: ${last_error}.` : '';
}
