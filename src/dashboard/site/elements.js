/**
 * Returns an element of the page; throws if there is none.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {string} id
 * @param {T} tag its tag name
 * @returns {HTMLElementTagNameMap[T]}
 */
export function byId(id, tag) {
  const element = document.getElementById(id);
  if (element === null || element.localName !== tag) throw new Error(`there is no ${tag} #${id}`);
  return /** @type {HTMLElementTagNameMap[T]} */ (element);
}

/**
 * Makes an element. Strings become text, never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Readonly<Record<string, string | null>>} attributes those that are null are left out
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * Turns text between backticks into `code` elements.
 * @param {string} text
 */
export function withCodeElements(text) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? make('code', {}, part) : part));
}

/**
 * Sets the text of an element if it differs, so that screen readers do not repeat it.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * A list item with details that can be opened.
 * @param {string} id
 * @param {{ title: string, facts: string, body: Node[] }} parts
 */
export function foldedItem(id, { title, facts, body }) {
  const summary = make(
    'summary',
    {},
    make('span', { class: 'title' }, title),
    make('span', { class: 'where' }, facts),
  );
  return make('li', { id }, make('details', {}, summary, make('div', { class: 'page-body' }, ...body)));
}

/**
 * A link to a page of the crawled site. It opens in a new tab, without opener and referrer.
 * @param {string} url
 * @param {string} words
 * @param {string | null} style class of the link
 */
export function newTabLink(url, words, style = null) {
  return make('a', { href: url, class: style, rel: 'noreferrer noopener', target: '_blank' }, words);
}
