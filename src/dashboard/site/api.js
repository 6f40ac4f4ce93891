import { byId } from './elements.js';

/** An answer that tells of an error. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Sends a request with the token, if there is one; asks for it where the service wants it.
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<Response>}
 */
export async function request(path, init = {}) {
  const headers = new Headers(init.headers);
  const token = storedToken();
  if (token !== null) headers.set('Authorization', `Bearer ${token}`);
  const response = await fetch(path, { ...init, headers, cache: 'no-store' });
  if (response.status === 401) {
    await askForToken(token);
    return request(path, init);
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

/**
 * Calls the API.
 * @param {string} path
 * @param {{ method?: string, body?: unknown }} options
 * @returns {Promise<any>} the JSON of the answer
 */
export async function call(path, { method = 'GET', body } = {}) {
  const json =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await request(path, { method, ...json });
  return response.json();
}

/**
 * What to show of an error.
 * @param {unknown} error
 */
export function wordsOf(error) {
  if (error instanceof ApiError) return error.message;
  return 'The service does not answer. Is it still running?';
}

/** @param {Response} response */
async function errorOf(response) {
  const problem = await response.json().catch(() => ({}));
  return new ApiError(
    response.status,
    problem.detail ?? problem.title ?? `The service answered ${response.status}.`,
  );
}

const KEY = 'waymark-token';

/** @type {Promise<void> | null} */
let asking = null;

/** @returns {string | null} the token of this tab */
export function storedToken() {
  return sessionStorage.getItem(KEY);
}

/**
 * Asks for the token; calls made at once share one dialog.
 * @param {string | null} refused the token that was sent in vain
 */
export function askForToken(refused) {
  if (refused !== storedToken()) return Promise.resolve();
  asking ??= ask(refused).finally(() => {
    asking = null;
  });
  return asking;
}

/**
 * @param {string | null} refused
 * @returns {Promise<void>}
 */
function ask(refused) {
  const dialog = byId('token-dialog', 'dialog');
  const input = byId('token', 'input');
  if (refused !== null)
    byId('token-hint', 'p').textContent = 'The service does not take that token. Please try again.';
  const { promise, resolve } = Promise.withResolvers();
  byId('token-form', 'form').addEventListener(
    'submit',
    () => {
      sessionStorage.setItem(KEY, input.value.trim());
      input.value = '';
      resolve(undefined);
    },
    { once: true },
  );
  // Without a token there is nothing to show, so Escape does not close it.
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.showModal();
  return promise;
}
