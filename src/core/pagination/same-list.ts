import { looseKey } from '../url/loose-key.ts';
import { PAGE_PLACEHOLDER, pageSlots, valueIn } from './page-slot.ts';

const EXTENSION = /\.[a-z]{2,5}$/i;
/** What is left of a segment without its number: `page-`, `list_`, `;page=`. */
const LOOSE_ENDS = /[-_.;,=!]+$/;
const PAGE_WORD = /(?:^|[-_;.])(?:page|paged|pg|p)$/i;

/**
 * Whether pages of this template belong to the list that the page itself shows: its own URL has the template, or is
 * what is left of the template without the number. A thread's pages are not pages of the forum that lists the thread.
 */
export function isOfSameList(template: string, pageUrl: string): boolean {
  if (valueIn(template, pageUrl) !== null) return true;
  const [path, query] = split(template);
  const [ownPath, ownQuery] = split(pageUrl);
  const isSamePath = valueIn(path, ownPath) !== null || pathsWithoutNumber(path).has(pathKey(ownPath));
  return isSamePath && agree(query, ownQuery);
}

/** Keys of the paths under which the first page of a list may stand, given the path of the others. */
function pathsWithoutNumber(path: string): ReadonlySet<string> {
  const place = path.indexOf(PAGE_PLACEHOLDER);
  if (place < 0) return new Set([pathKey(path)]);
  const start = path.lastIndexOf('/', place) + 1;
  const above = path.slice(0, start);
  const rest = path.slice(start).split('/', 1)[0] ?? '';
  const name = rest.slice(0, rest.indexOf(PAGE_PLACEHOLDER));
  const tail = rest.slice(rest.indexOf(PAGE_PLACEHOLDER) + PAGE_PLACEHOLDER.length);
  const stem = name.replace(LOOSE_ENDS, '');
  const bare = stem.replace(PAGE_WORD, '').replace(LOOSE_ENDS, '');
  const paths = [above, above + stem + tail, above + bare + tail, above + name + tail];
  if (name === '') paths.push(above.replace(/[^/]+\/$/, ''), above.replace(/\/$/, '') + tail);
  return new Set(paths.map(pathKey));
}

/** No parameter that both have differs, unless it is a page's place; and neither drops some for others. */
function agree(query: string, ownQuery: string): boolean {
  const theirs = parametersOf(query);
  const own = parametersOf(ownQuery);
  const shared = [...theirs.keys()].filter((name) => own.has(name));
  if (shared.some((name) => theirs.get(name) !== own.get(name))) return false;
  return shared.length === own.size || shared.length === theirs.size;
}

/** The parameters that do not place a page. */
function parametersOf(query: string): ReadonlyMap<string, string> {
  const url = `http://host/?${query}`;
  const places = pageSlots(url.replace(PAGE_PLACEHOLDER, '1'))
    .filter(({ kind }) => kind === 'page' || kind === 'offset' || kind === 'cursor')
    .map(({ template }) => nameBefore(template));
  const parameters = new Map<string, string>();
  for (const parameter of query.split('&')) {
    const [name = '', value = ''] = parameter.split('=', 2);
    if (name !== '' && value !== PAGE_PLACEHOLDER && !places.includes(name)) parameters.set(name, value);
  }
  return parameters;
}

function nameBefore(template: string): string {
  const before = template.slice(0, template.indexOf(PAGE_PLACEHOLDER) - 1);
  return before.slice(Math.max(before.lastIndexOf('&'), before.lastIndexOf('?')) + 1);
}

function split(url: string): [path: string, query: string] {
  const page = url.split('#', 1)[0] ?? '';
  const mark = page.indexOf('?');
  return mark < 0 ? [page, ''] : [page.slice(0, mark), page.slice(mark + 1)];
}

function pathKey(path: string): string {
  return looseKey(path).replace(EXTENSION, '').replace(/\/$/, '');
}
