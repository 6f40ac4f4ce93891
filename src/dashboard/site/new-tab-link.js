import { make } from './elements.js';

/**
 * A link to a page of the crawled site. It opens in a tab of its own, which cannot reach the dashboard and is not told of it.
 * @param {string} url
 * @param {string} words
 * @param {string | null} style class of the link
 */
export function newTabLink(url, words, style = null) {
  return make('a', { href: url, class: style, rel: 'noreferrer noopener', target: '_blank' }, words);
}
