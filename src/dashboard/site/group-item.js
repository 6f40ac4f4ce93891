/** @import { Group } from './types.js' */
import { make } from './elements.js';
import { foldedItem } from './folded-item.js';
import { newTabLink } from './new-tab-link.js';
import { countWord, nameOrUrl, shortUrl } from './words.js';

/**
 * A group, with its summary and examples when it is opened.
 * @param {Group} group
 */
export function groupItem({ id, name, pattern, page_count, summary, examples }) {
  return foldedItem(`group-${id}`, {
    title: nameOrUrl(name, pattern),
    facts: `${countWord(page_count, 'page')} · ${shortUrl(pattern)}`,
    body: [
      ...(summary === null ? [] : [make('p', { class: 'excerpt' }, summary)]),
      make('ul', { class: 'links' }, ...examples.map(example)),
    ],
  });
}

/** @param {Group['examples'][number]} page */
function example({ url, title }) {
  return make('li', {}, 'For example ', newTabLink(url, nameOrUrl(title, url)));
}
