/** @import { Group } from './types.js' */
import { make } from './elements.js';
import { foldedItem } from './folded-item.js';
import { countWord, shortUrl } from './words.js';

/**
 * A group, with its summary and examples when it is opened.
 * @param {Group} group
 */
export function groupItem({ id, name, pattern, page_count, summary, examples }) {
  return foldedItem(`group-${id}`, {
    title: name === '' ? shortUrl(pattern) : name,
    facts: `${countWord(page_count, 'page')} · ${shortUrl(pattern)}`,
    body: [
      ...(summary === null ? [] : [make('p', { class: 'excerpt' }, summary)]),
      make('ul', { class: 'links' }, ...examples.map(example)),
    ],
  });
}

/** @param {Group['examples'][number]} page */
function example({ url, title }) {
  const name = title === '' ? shortUrl(url) : title;
  return make(
    'li',
    {},
    'For example ',
    make('a', { href: url, rel: 'noreferrer noopener', target: '_blank' }, name),
  );
}
