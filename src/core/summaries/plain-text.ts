/** Control characters, and what is not seen: zero-width and direction marks, tags, soft hyphens, lone surrogates. */
const UNSEEN =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\u{e0000}-\u{e007f}]+/gu;
const TAG = /<[/!?]?[a-z][^<>]{0,500}>/giu;
const LINK = /!?\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/gu;
const MARKED = /(\*\*|`{1,3})([^*`]{1,300})\1/gu;
const BLOCK_MARK = /^(?:#{1,6}|[-*>]) /u;

/** Matches texts without invisible characters and surrogates: most texts, checked in a fraction of the time. */
const HARMLESS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /^[^\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u115f\u1160\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff9-\uffff]*$/;

/** Text in one line without control characters and what cannot be seen. */
export function plainText(text: string): string {
  const seen = HARMLESS.test(text) ? text : text.replace(UNSEEN, ' ');
  return seen.replace(/\s+/g, ' ').trim();
}

/** Plain text without tags of HTML and marks of Markdown; of a link, its words stay. */
export function withoutMarkup(text: string): string {
  const words = text.replace(TAG, ' ').replace(LINK, '$1').replace(MARKED, '$2');
  return plainText(words).replace(BLOCK_MARK, '');
}

/** At most `max` characters (UTF-16 units), cut after a word where there is one in the last third, with an ellipsis. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const room = text.slice(0, max - 1);
  const space = room.lastIndexOf(' ');
  const cut = space > (max * 2) / 3 ? room.slice(0, space) : room;
  return `${cut.replace(/[\ud800-\udbff]$/, '').trimEnd()}…`;
}
