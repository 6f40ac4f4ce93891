import { byId } from './elements.js';

/** An error response of the API. */
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
 * Sends a request with the stored token. Prompts for a token and retries when the service returns 401.
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
    await promptForToken(token);
    return request(path, init);
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

/**
 * Calls the API.
 * @param {string} path
 * @param {{ method?: string, body?: unknown }} options
 * @returns {Promise<any>} the JSON of the response
 */
export async function call(path, { method = 'GET', body } = {}) {
  const json =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await request(path, { method, ...json });
  return response.json();
}

/**
 * The text to show for an error.
 * @param {unknown} error
 */
export function errorMessage(error) {
  if (error instanceof ApiError) return error.message;
  return 'The service is unreachable. Check that it is running, then reload this page.';
}

/** @param {Response} response */
async function errorOf(response) {
  const problem = await response.json().catch(() => ({}));
  return new ApiError(
    response.status,
    problem.detail ?? problem.title ?? `The service returned status ${response.status}. Its log says why.`,
  );
}

const KEY = 'waymark-token';

/** @type {Promise<void> | null} */
let prompting = null;

/** @returns {string | null} the token of this tab */
export function storedToken() {
  return sessionStorage.getItem(KEY);
}

/**
 * Prompts for the token. Concurrent calls share one dialog.
 * @param {string | null} refused the token that the service refused
 */
export function promptForToken(refused) {
  if (refused !== storedToken()) return Promise.resolve();
  prompting ??= openTokenDialog(refused).finally(() => {
    prompting = null;
  });
  return prompting;
}

/**
 * @param {string | null} refused
 * @returns {Promise<void>}
 */
function openTokenDialog(refused) {
  const dialog = byId('token-dialog', 'dialog');
  const input = byId('token', 'input');
  if (refused !== null)
    byId('token-hint', 'p').textContent =
      'The service refused this token. Enter the current value of API_TOKEN.';
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
  // The dashboard can show nothing without a token, so Escape does not close the dialog.
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.showModal();
  return promise;
}
