/** @import { Status } from './types.js' */

/** @type {Record<string, string>} */
const STATUS_WORDS = {
  pending: 'Waiting',
  in_progress: 'Running',
  paused: 'Paused',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** @type {Record<string, string>} */
const STATE_WORDS = {
  found: 'Found',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Skipped',
  pending: 'Waiting',
  active: 'Open now',
  sections: 'Sections',
  links: 'Links',
};

const numbers = new Intl.NumberFormat('en');
const times = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** @param {Status} status */
export const statusWord = (status) => STATUS_WORDS[status] ?? status;

/** @param {string} state */
export const stateWord = (state) => STATE_WORDS[state] ?? state;

/** @param {number} value */
export const numberWord = (value) => numbers.format(value);

/** @param {string} time */
export const timeWord = (time) => times.format(new Date(time));

/**
 * @param {number} count
 * @param {string} one
 */
export const countWord = (count, one) => `${numberWord(count)} ${count === 1 ? one : `${one}s`}`;

/**
 * A length of time: `45 s`, `3 min 20 s`, `2 h 5 min`.
 * @param {number} seconds
 */
export function lengthWord(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/**
 * The first words of a text.
 * @param {string} text
 * @param {number} most characters
 */
export const excerpt = (text, most) => (text.length > most ? `${text.slice(0, most).trimEnd()}…` : text);

/**
 * A name, or the URL of what has none.
 * @param {string} name
 * @param {string} url
 */
export const nameOrUrl = (name, url) => (name === '' ? shortUrl(url) : name);

/**
 * A URL without its scheme, and without a slash at its end.
 * @param {string} url
 */
export const shortUrl = (url) => url.replace(/^https?:\/\//, '').replace(/\/$/, '');
