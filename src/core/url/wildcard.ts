/** Whether a whole text matches. */
export type WildcardMatcher = (text: string) => boolean;

/**
 * Compiles a pattern in which `*` stands for any run of characters, also none; the whole text must match. It takes each
 * literal between two stars at its first occurrence, which is correct for `*` and needs no backtracking: the time is
 * linear in text and pattern.
 */
export function compileWildcard(pattern: string): WildcardMatcher {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return (text) => text === head;

  const middle = rest.filter((literal) => literal !== '');
  const shortest = middle.reduce((sum, literal) => sum + literal.length, head.length + tail.length);
  return (text) =>
    text.length >= shortest &&
    text.startsWith(head) &&
    text.endsWith(tail) &&
    containsInOrder(text, middle, head.length, text.length - tail.length);
}

/** Whether `text` contains the literals one after the other between `from` and `to`. */
function containsInOrder(text: string, literals: readonly string[], from: number, to: number): boolean {
  let position = from;
  for (const literal of literals) {
    const found = text.indexOf(literal, position);
    if (found < 0) return false;
    position = found + literal.length;
  }
  return position <= to;
}
