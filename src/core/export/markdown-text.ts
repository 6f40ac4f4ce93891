/** Characters that mean something in a line of Markdown (CommonMark §2.4, §6). */
const INLINE = /[\\`*_[\]<>|~&]/g;
/** Begins a heading, a list or a rule (CommonMark §4.1, §4.2, §4.3, §5.2). */
const BLOCK = /^(\d{0,9})(?=[#+=\-.)])/;

/** Text of one line that means nothing to Markdown. */
export function markdownText(text: string): string {
  return inlineText(text.trim()).replace(BLOCK, '$1\\');
}

/** The same within a line: white space at its ends stays, and what begins a block means nothing there. */
export function inlineText(text: string): string {
  return text.toWellFormed().replace(/\s+/g, ' ').replace(INLINE, '\\$&');
}

/** A URL between angle brackets. */
export function linkTarget(url: string): string {
  return url.replace(/[<>\s]/g, (character) => encodeURIComponent(character));
}
