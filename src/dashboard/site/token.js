import { byId } from './elements.js';

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
