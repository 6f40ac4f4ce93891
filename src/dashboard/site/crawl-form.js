import { call, errorMessage } from './api.js';
import { byId, setText } from './elements.js';

/**
 * The form that starts crawls.
 * @param {(taskId: string) => void} onStart
 */
export function crawlForm(onStart) {
  const form = byId('start', 'form');
  const problem = byId('start-problem', 'p');
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('button[type=submit]'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    setText(problem, '');
    try {
      const { task_id } = await call('/api/v1/crawl', { method: 'POST', body: crawlRequest(form) });
      onStart(task_id);
    } catch (error) {
      setText(problem, errorMessage(error));
    } finally {
      button.disabled = false;
    }
  });
}

/**
 * @param {HTMLFormElement} form
 * @returns {Record<string, unknown>}
 */
function crawlRequest(form) {
  const data = new FormData(form);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '').trim();
  const numbers = ['depth', 'max_pages'].filter((name) => text(name) !== '');
  return {
    url: text('url'),
    render: text('render'),
    boards: text('boards'),
    background: true,
    subdomains: data.has('subdomains'),
    hash_routes: data.has('hash_routes'),
    sitemap: data.has('sitemap'),
    summarize: data.has('summarize'),
    robots: data.has('robots'),
    include: lines(text('include')),
    exclude: lines(text('exclude')),
    ...Object.fromEntries(numbers.map((name) => [name, Number(text(name))])),
  };
}

/** @param {string} text */
function lines(text) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
