import type { Claim } from '../../model/frontier-url.ts';
import { normalizePercentEncoding } from './percent-encoding.ts';

/** Spellings of one URL that are kept, the canonical one among them. Known to `src/drivers/redis/commands`. */
export const MAX_SPELLINGS = 4;

/**
 * The spellings of a URL in one text, separated by spaces, as stores keep them; null if the URL was found in its canonical
 * form alone. A URL holds no space: the URL Standard escapes it.
 */
export type StoredSpellings = string | null;

/** The spellings; undefined if the URL was found in its canonical form alone. */
export function spellingsIn(stored: StoredSpellings): readonly string[] | undefined {
  return stored?.split(' ');
}

/** With one more spelling (undefined: the canonical form); the same text if it is there, or if there is no room for it. */
export function withSpelling(
  stored: StoredSpellings,
  url: string,
  spelling: string | undefined,
): StoredSpellings {
  if (stored === null && spelling === undefined) return null;
  const spellings = spellingsIn(stored) ?? [url];
  const added = spelling ?? url;
  if (spellings.includes(added) || spellings.length >= MAX_SPELLINGS) return stored;
  return [...spellings, added].join(' ');
}

/** The URL that is requested for a claim. */
export function requestUrlOf({ url, requestUrl = url }: Claim): string {
  return requestUrl;
}

/**
 * A canonical URL with its query parameters in the order in which another URL of the same kind was written; undefined if
 * that changes nothing.
 */
export function spelledLike(url: string, spelling: string): string | undefined {
  const mark = url.indexOf('?');
  const written = spelling.indexOf('?');
  if (mark < 0 || written < 0) return undefined;
  const order = spelling
    .slice(written + 1)
    .split('&')
    .map(nameOf);
  const place = (parameter: string) => {
    const index = order.indexOf(nameOf(parameter));
    return index < 0 ? order.length : index;
  };
  const parameters = url.slice(mark + 1).split('&');
  const spelled = url.slice(0, mark + 1) + parameters.toSorted((a, b) => place(a) - place(b)).join('&');
  return spelled === url ? undefined : spelled;
}

function nameOf(parameter: string): string {
  return normalizePercentEncoding(parameter.split('=', 1)[0] ?? '');
}
