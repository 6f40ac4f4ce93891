/** @import { Status } from './types.js' */

/** @type {Record<string, string>} */
const STATUS_LABELS = {
  pending: 'Waiting',
  in_progress: 'Running',
  paused: 'Paused',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** @type {Record<string, string>} */
const STATE_LABELS = {
  found: 'Found',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Skipped',
  pending: 'Queued',
  active: 'In progress',
  sections: 'Sections',
  links: 'Links',
};

const numbers = new Intl.NumberFormat('en');
const times = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** @param {Status} status */
export const statusLabel = (status) => STATUS_LABELS[status] ?? status;

/** @param {string} state */
export const stateLabel = (state) => STATE_LABELS[state] ?? state;

/** @param {number} value */
export const formatNumber = (value) => numbers.format(value);

/** @param {string} time */
export const formatTime = (time) => times.format(new Date(time));

/**
 * @param {number} count
 * @param {string} one
 */
export const formatCount = (count, one) => `${formatNumber(count)} ${count === 1 ? one : `${one}s`}`;

/**
 * A duration: `45 s`, `3 min 20 s`, `2 h 5 min`.
 * @param {number} seconds
 */
export function formatDuration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/**
 * The start of a text.
 * @param {string} text
 * @param {number} maxLength in characters
 */
export const excerpt = (text, maxLength) =>
  text.length > maxLength ? `${text.slice(0, maxLength).trimEnd()}…` : text;

/**
 * The name, or the URL if the name is empty.
 * @param {string} name
 * @param {string} url
 */
export const nameOrUrl = (name, url) => (name === '' ? shortUrl(url) : name);

/**
 * A URL without scheme and trailing slash.
 * @param {string} url
 */
export const shortUrl = (url) => url.replace(/^https?:\/\//, '').replace(/\/$/, '');
